package io.guestfs.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampleFilesTests {

  @ParameterizedTest
  @CsvSource({
    "empty, d41d8cd98f00b204e9800998ecf8427e",
    "known-1, 0bee89b07a248e27c83fc3d5951213c1",
    "known-2, 5ab557c937e38f15291c04b7e99544ad",
    "known-3, 98eaed5a844f901ec27af0ba50dbbeb3",
    "known-4, 0c70a8969558be7d9e11bfe55eafba7b",
    "known-5, 3e5105fa89267937735e610bbcaf5629",
    "test-grep.txt, b58182c53161179299b279a70348a99c",
    "10klines, e20b00c2bc0543358d445035bb7f9a97",
    "100kallzeroes, 4c6426ac7ef186464ecbb0d81cbfcb1e",
    "100kallspaces, 2e29b597848189d93be72c6de3449640",
  })
  void fileIsTheOneThatVectorsKnow(String name, String md5) throws NoSuchAlgorithmException {
    byte[] digest = MessageDigest.getInstance("MD5").digest(SampleFiles.all().get(name));
    assertThat(HexFormat.of().formatHex(digest)).isEqualTo(md5);
  }
}
