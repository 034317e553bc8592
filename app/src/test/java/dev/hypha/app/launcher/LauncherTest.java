package dev.hypha.app.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypha.app.launcher.Checkout.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
    @TempDir
    Path folder;

    private Checkout checkout;

    @BeforeEach
    void makeCheckout() throws IOException {
        checkout = new Checkout(folder).maven("true");
    }

    private static void touch(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        if (!Files.exists(file)) {
            Files.createFile(file);
        }
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(2)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "usr/lib/jvm/temurin-25-jdk-amd64",
                "opt/jdk-25.0.1",
                "Library/Java/JavaVirtualMachines/temurin 25.jdk/Contents/Home",
                "opt/homebrew/opt/openjdk@25/libexec/openjdk.jdk/Contents/Home",
            })
    void findsAJdkInTheUsualPlaces(String place) throws Exception {
        Checkout.jdk(checkout.root.resolve("usr/lib/jvm/java-17"), "17.0.15");
        Checkout.jdk(checkout.root.resolve(place), "25.0.1");
        Ran ran = checkout.run("doctor");
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("[dev.hypha.app.Main][doctor]").endsWith("25.0.1\n");
    }

    @Test
    void javaHomeGoesFirstWhereItIsNewEnough() throws Exception {
        Checkout.jdk(checkout.root.resolve("usr/lib/jvm/a"), "25");
        checkout.with("JAVA_HOME", Checkout.jdk(folder.resolve("mine"), "27-ea"));
        assertThat(checkout.run().out()).endsWith("27-ea\n");
        checkout.with("JAVA_HOME", Checkout.jdk(folder.resolve("old"), "1.8.0_402"));
        assertThat(checkout.run().out()).endsWith("25\n");
    }

    @Test
    void findsAJdkOfSdkmanAndOneOnThePath() throws Exception {
        Path sdkman = Checkout.jdk(checkout.user().resolve(".sdkman/candidates/java/25.0.2-tem"), "25.0.2");
        assertThat(checkout.run().out()).endsWith("25.0.2\n");

        Path elsewhere = Files.move(sdkman, folder.resolve("elsewhere"));
        Files.createSymbolicLink(folder.resolve("bin/java"), elsewhere.resolve("bin/java"));
        assertThat(checkout.run().out()).endsWith("25.0.2\n");
    }

    @Test
    void withoutAJdkItSaysInOneSentenceWhatIsNeededAndWhereItLooked() throws Exception {
        Checkout.jdk(checkout.root.resolve("usr/lib/jvm/java-21"), "21.0.1");
        Path jre = Checkout.jdk(checkout.root.resolve("usr/lib/jvm/jre-25"), "25.0.1");
        Files.delete(jre.resolve("bin/javac"));
        Ran ran = checkout.with("JAVA_HOME", folder.resolve("nothing")).run("demo");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err().lines()).hasSize(1);
        assertThat(ran.err())
                .contains(
                        "JDK 25 or newer",
                        "JAVA_HOME",
                        folder.resolve("nothing").toString(),
                        "/usr/lib/jvm");
        assertThat(checkout.builds()).isEmpty();
    }

    @Test
    void buildsTheFirstTimeAndAfterASourceChange() throws Exception {
        Path jdk = Checkout.jdk(checkout.root.resolve("usr/lib/jvm/25"), "25");
        Path source = checkout.home.resolve("graph/src/main/java/Graph.java");
        Files.createDirectories(source.getParent());
        Files.createFile(source);
        Ran first = checkout.run();
        assertThat(first.err().lines()).singleElement().asString().contains("building");
        assertThat(checkout.builds())
                .singleElement()
                .asString()
                .startsWith(jdk + " ")
                .contains("package");

        assertThat(checkout.run().err()).isEmpty();
        assertThat(checkout.builds()).hasSize(1);

        touch(source);
        checkout.run();
        assertThat(checkout.builds()).as("after a change").hasSize(2);
    }

    @Test
    void aDeletedFileAndAChangedPomAreChangesButATestIsNone() throws Exception {
        Checkout.jdk(checkout.root.resolve("usr/lib/jvm/25"), "25");
        checkout.run();
        touch(checkout.home.resolve("graph/src/test/java/GraphTest.java"));
        checkout.run();
        assertThat(checkout.builds()).hasSize(1);

        backdate(checkout.home.resolve("app/target/built"));
        Files.createDirectories(checkout.home.resolve("graph/src/main/java"));
        checkout.run();
        assertThat(checkout.builds()).as("a folder changed").hasSize(2);

        touch(checkout.home.resolve("graph/pom.xml"));
        checkout.run();
        assertThat(checkout.builds()).hasSize(3);
    }

    private static void backdate(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(5)));
    }

    @Test
    void aFailedBuildIsShownAndTriedAgain() throws Exception {
        Checkout.jdk(checkout.root.resolve("usr/lib/jvm/25"), "25");
        checkout.maven("echo '[INFO] scanning'; echo '[ERROR] Graph.java:[3,4] missing semicolon'; exit 1");
        Ran ran = checkout.run("demo");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err())
                .contains("Graph.java:[3,4] missing semicolon", "build.log")
                .doesNotContain("scanning");
        checkout.maven("true");
        assertThat(checkout.run("demo").exit()).isZero();
    }

    @Test
    void aMissingMavenIsSaidInOneSentence() throws Exception {
        Checkout.jdk(checkout.root.resolve("usr/lib/jvm/25"), "25");
        Files.delete(folder.resolve("bin/mvn"));
        Ran ran = checkout.run("demo");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err().lines()).singleElement().asString().contains("Maven", "PATH");
    }

    @Test
    void worksThroughALinkFromAnywhereAndKeepsArgumentsWhole() throws Exception {
        Checkout.jdk(checkout.root.resolve("usr/lib/jvm/25"), "25");
        checkout.with("HYPHA_JAVA_OPTS", "-Xmx1g -Dx=y");
        Path links = Files.createDirectories(folder.resolve("links"));
        Files.createSymbolicLink(links.resolve("one"), Path.of("../a checkout/hypha"));
        Files.createSymbolicLink(links.resolve("two"), Path.of("one"));
        Ran ran = Checkout.finish(checkout.start(links.resolve("two"), links, "predict", "a b", "", "it's *"));
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.out())
                .contains(
                        "[predict][a b][][it's *]",
                        "[-Xmx1g][-Dx=y]",
                        "[--enable-native-access=ALL-UNNAMED][--add-modules][jdk.incubator.vector]",
                        "[" + checkout.home.toRealPath() + "/app/target/lib/*]");
    }

    @Test
    void theCollectorIsTheUsersWhereOneIsNamed() throws Exception {
        Checkout.jdk(checkout.root.resolve("usr/lib/jvm/25"), "25");
        assertThat(checkout.run("demo").out()).contains("[-XX:+UseSerialGC]");
        checkout.with("HYPHA_JAVA_OPTS", "-Xmx1g -XX:+UseZGC -Dx=y");
        assertThat(checkout.run("demo").out()).contains("[-XX:+UseZGC]").doesNotContain("UseSerialGC");
        checkout.with("HYPHA_JAVA_OPTS", "-Xmx1g");
        assertThat(checkout.run("demo").out()).contains("[-XX:+UseSerialGC]");
    }

    @Test
    void twoAtOnceBuildOnce() throws Exception {
        Checkout.jdk(checkout.root.resolve("usr/lib/jvm/25"), "25");
        checkout.maven("sleep 1");
        List<Process> both = List.of(
                checkout.start(checkout.home.resolve("hypha"), checkout.home),
                checkout.start(checkout.home.resolve("hypha"), checkout.home));
        for (Process process : both) {
            assertThat(Checkout.finish(process).exit()).isZero();
        }
        assertThat(checkout.builds()).hasSize(1);
        assertThat(checkout.home.resolve("target/build.lock")).doesNotExist();
    }

    @Test
    void theLockOfABuildThatWasKilledIsTakenOver() throws Exception {
        Checkout.jdk(checkout.root.resolve("usr/lib/jvm/25"), "25");
        Path lock = Files.createDirectories(checkout.home.resolve("target/build.lock"));
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        Files.writeString(lock.resolve("pid"), gone.pid() + "\n");
        assertThat(checkout.run().exit()).isZero();
        assertThat(checkout.builds()).hasSize(1);
    }
}
