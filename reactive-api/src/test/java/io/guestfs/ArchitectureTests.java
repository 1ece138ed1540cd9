package io.guestfs;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNCHRONIZED;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.stream.Stream;

/** What the code of the library may use, and what its API may show. */
@AnalyzeClasses(packages = "io.guestfs", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

  private static final String PROTOCOL = "io.guestfs.protocol..";
  private static final String CALLS = "io.guestfs.calls..";
  private static final String APPLIANCE = "io.guestfs.appliance..";
  private static final String API = "io.guestfs";
  private static final String TYPED = "io.guestfs.typed";
  private static final String OBSERVATION = "io.guestfs.observation";

  private static final Set<String> BLOCKING =
      Set.of(
          "acquire",
          "await",
          "awaitUninterruptibly",
          "block",
          "blockFirst",
          "blockLast",
          "blockOptional",
          "join",
          "sleep",
          "sync",
          "syncUninterruptibly",
          "toIterable",
          "toStream");

  @ArchTest
  static final ArchRule PROTOCOL_KNOWS_NOTHING_ABOVE_IT =
      noClasses()
          .that()
          .resideInAPackage(PROTOCOL)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(CALLS, APPLIANCE, API, "reactor..");

  @ArchTest
  static final ArchRule CALLS_KNOW_THE_PROTOCOL_ONLY =
      noClasses()
          .that()
          .resideInAPackage(CALLS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(APPLIANCE, API, "io.netty.channel..");

  @ArchTest
  static final ArchRule APPLIANCE_KNOWS_NO_PROTOCOL =
      noClasses()
          .that()
          .resideInAPackage(APPLIANCE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(PROTOCOL, CALLS, API);

  @ArchTest
  static final ArchRule API_SHOWS_NO_NETTY =
      methods()
          .that()
          .arePublic()
          .and()
          .areDeclaredInClassesThat()
          .resideInAnyPackage(API, TYPED, OBSERVATION, "io.guestfs.calls")
          .and()
          .areDeclaredInClassesThat()
          .arePublic()
          .should(notMentionNetty());

  @ArchTest
  static final ArchRule NOTHING_BLOCKS =
      noClasses()
          .that()
          .resideInAnyPackage(API, TYPED, OBSERVATION)
          .should()
          .callMethodWhere(itBlocks());

  @ArchTest
  static final ArchRule NOTHING_IS_LOCKED =
      noMethods()
          .that()
          .areDeclaredInClassesThat()
          .resideInAnyPackage(API, TYPED, OBSERVATION)
          .should()
          .haveModifier(SYNCHRONIZED);

  /** Micrometer may be missing: who does not name that package does not load a class of it. */
  @ArchTest
  static final ArchRule ONLY_OBSERVATION_KNOWS_MICROMETER =
      noClasses()
          .that()
          .resideOutsideOfPackage(OBSERVATION)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.micrometer..", OBSERVATION);

  private static ArchCondition<JavaMethod> notMentionNetty() {
    return new ArchCondition<>("not mention a type of Netty") {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        Stream.concat(Stream.of(method.getReturnType()), method.getParameterTypes().stream())
            .map(JavaType::getAllInvolvedRawTypes)
            .flatMap(Set::stream)
            .filter(type -> type.getPackageName().startsWith("io.netty"))
            .map(JavaClass::getName)
            .forEach(
                type ->
                    events.add(
                        SimpleConditionEvent.violated(
                            method, method.getFullName() + " mentions " + type)));
      }
    };
  }

  private static DescribedPredicate<JavaMethodCall> itBlocks() {
    return describe(
        "it blocks",
        call -> {
          AccessTarget.MethodCallTarget target = call.getTarget();
          return BLOCKING.contains(target.getName())
              && Stream.of(
                      "reactor.core.", "java.util.concurrent.", "java.lang.Thread", "io.netty.")
                  .anyMatch(target.getOwner().getName()::startsWith);
        });
  }
}
