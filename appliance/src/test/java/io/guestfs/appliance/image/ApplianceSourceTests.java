package io.guestfs.appliance.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guestfs.appliance.ApplianceConfigurationException;
import io.guestfs.appliance.Environment;
import io.guestfs.appliance.image.ApplianceImage.Kind;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplianceSourceTests {

  @TempDir Path directory;
  private ClassLoader before;

  @BeforeEach
  void remember() {
    before = Thread.currentThread().getContextClassLoader();
  }

  @AfterEach
  void restore() {
    Thread.currentThread().setContextClassLoader(before);
  }

  @Test
  void prefersWhatTheCallerNames() throws IOException {
    Path named = own("named");
    assertThat(ApplianceSource.find(named, searching(own("other"))).directory()).isEqualTo(named);
  }

  @Test
  void doesNotLookElsewhereWhenTheCallerNamedOne() throws IOException {
    Environment environment = searching(own("other"));
    Path named = directory.resolve("absent");
    assertThatThrownBy(() -> ApplianceSource.find(named, environment))
        .isInstanceOf(ApplianceConfigurationException.class)
        .hasMessageContainingAll(named + ": does not exist", "./dev appliance", "LIBGUESTFS_PATH");
  }

  @Test
  void takesTheFirstOfThePathThatIsOne() throws IOException {
    Path second = own("second");
    Environment environment = searching(directory.resolve("absent"), second, own("third"));
    assertThat(ApplianceSource.find(null, environment).directory()).isEqualTo(second);
  }

  @Test
  void readsWhatTheKernelWants() throws IOException {
    ApplianceImage image = ApplianceSource.find(own("own"), searching());
    assertThat(image.kind()).isEqualTo(Kind.OWN);
    assertThat(image.kernelArguments()).containsExactly("console=ttyS0", "quiet");
  }

  @Test
  void knowsFixedAppliances() throws IOException {
    Path fixed = files("fixed");
    Files.createFile(fixed.resolve("README.fixed"));
    assertThat(ApplianceSource.find(fixed, searching()).kind()).isEqualTo(Kind.FIXED);
  }

  @Test
  void saysWhereItLookedAndWhyNot() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    Path unmarked = files("unmarked");
    Path incomplete = own("incomplete");
    Files.delete(incomplete.resolve("initrd"));
    Environment environment = searching(file, unmarked, incomplete);
    assertThatThrownBy(() -> ApplianceSource.find(null, environment))
        .isInstanceOf(ApplianceConfigurationException.class)
        .hasMessageContainingAll(
            file + ": is not a directory",
            unmarked + ": has neither appliance.properties nor README.fixed",
            incomplete + ": has no file \"initrd\"",
            "class path: no META-INF/guestfs-appliance/");
  }

  @Test
  void saysThatNothingWasNamed() {
    assertThatThrownBy(() -> ApplianceSource.find(null, searching()))
        .isInstanceOf(ApplianceConfigurationException.class)
        .hasMessageContaining("LIBGUESTFS_PATH: not set");
  }

  @Test
  void refusesImagesOfAnotherFormat() throws IOException {
    Path image = own("own");
    Files.writeString(
        image.resolve("appliance.properties"), "format=ext4\nkernel.arguments=quiet\n");
    assertThatThrownBy(() -> ApplianceSource.find(image, searching()))
        .isInstanceOf(ApplianceConfigurationException.class)
        .hasMessageContainingAll("format is ext4", "knows erofs");
  }

  @Test
  void unpacksTheArtifactOfTheClassPathOnce() throws IOException {
    Path jar = directory.resolve("jar");
    Path content = jar.resolve("META-INF/guestfs-appliance");
    Files.createDirectories(content.getParent());
    Files.move(own("content"), content);
    try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
      Thread.currentThread().setContextClassLoader(loader);
      ApplianceImage image = ApplianceSource.find(null, searching());
      assertThat(image.kind()).isEqualTo(Kind.OWN);
      assertThat(image.kernel()).hasContent("kernel");
      assertThat(image.directory()).hasParent(directory.resolve("cache/reactor-guestfs"));

      Files.delete(content.resolve("root"));
      assertThat(ApplianceSource.find(null, searching())).isEqualTo(image);
      assertThat(image.directory().getParent()).isDirectoryNotContaining("glob:**unpacking*");
    }
  }

  @Test
  void refusesArtifactThatIsIncomplete() throws IOException {
    Path jar = directory.resolve("jar");
    Path content = jar.resolve("META-INF/guestfs-appliance");
    Files.createDirectories(content.getParent());
    Files.move(own("content"), content);
    Files.delete(content.resolve("root"));
    try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
      Thread.currentThread().setContextClassLoader(loader);
      assertThatThrownBy(() -> ApplianceSource.find(null, searching()))
          .isInstanceOf(ApplianceConfigurationException.class)
          .hasMessageContaining("lacks \"root\"");
      assertThat(directory.resolve("cache/reactor-guestfs")).isEmptyDirectory();
    }
  }

  private Environment searching(Path... paths) {
    String joined = String.join(":", Arrays.stream(paths).map(Path::toString).toList());
    return Environment.of(
        Map.of("LIBGUESTFS_PATH", joined, "XDG_CACHE_HOME", directory.resolve("cache").toString()));
  }

  private Path own(String name) throws IOException {
    Path made = files(name);
    Files.writeString(
        made.resolve("appliance.properties"),
        "format=erofs\nkernel.arguments=console=ttyS0 quiet\n");
    return made;
  }

  private Path files(String name) throws IOException {
    Path made = Files.createDirectory(directory.resolve(name));
    for (String file : new String[] {"kernel", "initrd", "root"}) {
      Files.writeString(made.resolve(file), file);
    }
    return made;
  }
}
