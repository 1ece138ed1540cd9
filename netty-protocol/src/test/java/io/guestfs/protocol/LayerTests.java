package io.guestfs.protocol;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.guestfs.protocol.frame.FrameDecoder;

/** The daemon has netty-buffer at run time and no other part of Netty. */
@AnalyzeClasses(packagesOf = LayerTests.class, importOptions = ImportOption.DoNotIncludeTests.class)
class LayerTests {

  @ArchTest
  static final ArchRule onlyTheDecoderNeedsChannels =
      classes()
          .that(not(belongToAnyOf(FrameDecoder.class)))
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                      "java..",
                      "org.jspecify..",
                      "io.netty.buffer..",
                      "io.netty.util..",
                      "io.guestfs.protocol..")
                  .and(not(belongToAnyOf(FrameDecoder.class))));

  @ArchTest
  static final ArchRule xdrKnowsNothingOfFrames =
      classes()
          .that()
          .resideInAPackage("io.guestfs.protocol.xdr")
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                  "java..", "org.jspecify..", "io.netty.buffer..", "io.guestfs.protocol.xdr"));
}
