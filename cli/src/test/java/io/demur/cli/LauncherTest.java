package io.demur.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.testkit.Repository;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The launcher in a made-up clone, with a made-up JDK and Maven that write down how they were
 * called.
 */
class LauncherTest {

    /** All that the launcher needs beside a JDK and Maven. */
    private static final List<String> TOOLS =
            List.of("find", "head", "tail", "readlink", "mkdir", "cat", "rm", "mv", "sleep");

    private record Result(int exit, String output) {}

    @TempDir Path temp = Path.of("");
    private Path clone = Path.of("");
    private Path jdk = Path.of("");
    private Path calls = Path.of("");
    private String path = "";

    @BeforeEach
    void makeClone() throws IOException {
        clone = Files.createDirectories(temp.resolve("it's $(a) clone"));
        jdk = temp.resolve("jdk");
        calls = temp.resolve("calls.txt");
        Path tools = Files.createDirectories(temp.resolve("tools"));
        for (String tool : TOOLS) {
            executable(tools.resolve(tool), "#!/bin/sh\nexec %s \"$@\"\n".formatted(tool(tool)));
        }
        path = temp.resolve("bin") + ":" + tools;
        String script = Files.readString(Repository.root().resolve("demur"));
        // this machine's own JDKs are out of sight
        script = script.replaceAll("/(usr|opt|Library)/[^ ]*(jvm|java|jdk|Java)[^ \\\\]*", "/none");
        executable(clone.resolve("demur"), script);
        Files.writeString(clone.resolve("pom.xml"), "<project/>");
        Files.createDirectories(clone.resolve("core/src/main"));
        Files.writeString(clone.resolve("core/src/main/A.java"), "class A {}");
        makeJdk("21.0.4");
        executable(
                temp.resolve("bin/mvn"),
                """
                #!/bin/sh
                echo "mvn with $JAVA_HOME" >>"%s"
                while [ "$1" != -f ]; do shift; done
                lib="${2%%/pom.xml}/cli/target/demur/lib"
                mkdir -p "$lib"
                : >"$lib/demur.jar"
                """
                        .formatted(calls));
    }

    @Test
    void buildsOnTheFirstUseAndNotOnTheSecond() throws Exception {
        Result first = start("score", "a file.jsonl");
        assertEquals(0, first.exit(), first::output);
        String notice = "building Demur (once): a minute or two, some five where Maven";
        assertTrue(first.output().startsWith(notice), first::output);
        assertTrue(first.output().contains("<score><a file.jsonl>"), first::output);
        Result second = start("--version");
        assertEquals("<--version>\n", second.output());
        assertEquals(List.of("mvn with " + jdk), mavenCalls());
    }

    @Test
    void buildsAgainWhenASourceHasChanged() throws Exception {
        start("--version");
        Path source = clone.resolve("core/src/main/A.java");
        Files.setLastModifiedTime(source, FileTime.fromMillis(System.currentTimeMillis() + 5000));
        start("--version");
        assertEquals(2, mavenCalls().size());
    }

    @Test
    void aSourceChangedWhileItIsBuiltIsBuiltTheNextTime() throws Exception {
        String mvn = Files.readString(temp.resolve("bin/mvn"));
        executable(
                temp.resolve("bin/mvn"),
                mvn.replace("#!/bin/sh\n", "#!/bin/sh\nsleep 1\necho x >core/src/main/A.java\n"));
        start("--version");
        start("--version");
        assertEquals(2, mavenCalls().size());
    }

    @Test
    void aDeletedSourceIsNoticed() throws Exception {
        start("--version");
        Files.delete(clone.resolve("core/src/main/A.java"));
        start("--version");
        assertEquals(2, mavenCalls().size());
    }

    @Test
    void aJdkAskedForLaterIsUsedWithoutBuildingAgain() throws Exception {
        start("--version");
        Path first = jdk;
        jdk = temp.resolve("other");
        makeJdk("24.0.1");
        Result result = start("help");
        assertEquals("<help>\n", result.output());
        assertEquals(List.of("mvn with " + first), mavenCalls());
    }

    @Test
    void aFolderThatCannotBeWrittenStillStarts() throws Exception {
        start("--version");
        Path home = clone.resolve("cli/target");
        assertTrue(home.toFile().setWritable(false));
        assertTrue(home.resolve("demur").toFile().setWritable(false));
        try {
            assertEquals("<help>\n", start("help").output());
        } finally {
            assertTrue(home.toFile().setWritable(true));
            assertTrue(home.resolve("demur").toFile().setWritable(true));
        }
    }

    @Test
    void aJdkNamedByHandThatIsNoneIsSaid() throws Exception {
        jdk = temp.resolve("nowhere");
        Result result = start("help");
        assertEquals(4, result.exit());
        assertTrue(result.output().contains("DEMUR_JAVA_HOME is"), result::output);
    }

    @Test
    void worksThroughALinkFromAnotherFolder() throws Exception {
        Path link = temp.resolve("bin/demur");
        Files.createSymbolicLink(link, clone.resolve("demur"));
        Result result = run(temp, List.of(link.toString(), "help"));
        assertTrue(result.output().endsWith("<help>\n"), result::output);
    }

    @Test
    void aMovedCloneStartsFromItsNewPlace() throws Exception {
        start("--version");
        Path moved = temp.resolve("moved");
        Files.move(clone, moved);
        Result result = run(temp, List.of(moved.resolve("demur").toString(), "help"));
        assertEquals("<help>\n", result.output());
        assertTrue(Files.readString(moved.resolve("cli/target/demur/start")).contains("moved"));
    }

    @Test
    void saysInOneSentenceThatAJdkIsMissing() throws Exception {
        jdk = Path.of("");
        Result result = start("--version");
        assertEquals(4, result.exit());
        assertEquals(1, result.output().lines().count(), result::output);
        assertTrue(result.output().contains("no JDK from 21 on was found"), result::output);
    }

    @Test
    void saysInOneSentenceThatMavenIsMissing() throws Exception {
        Files.delete(temp.resolve("bin/mvn"));
        Result result = start("--version");
        assertEquals(4, result.exit());
        assertEquals(1, result.output().lines().count(), result::output);
        assertTrue(result.output().contains("Maven is needed"), result::output);
    }

    @Test
    void aFailedBuildShowsItsEndAndLeavesNoProgram() throws Exception {
        executable(temp.resolve("bin/mvn"), "#!/bin/sh\necho cannot find symbol\nexit 1\n");
        Result result = start("--version");
        assertEquals(4, result.exit());
        assertTrue(result.output().contains("cannot find symbol"), result::output);
        assertTrue(result.output().contains("the build failed"), result::output);
        assertEquals(4, start("--version").exit());
    }

    @Test
    void twoFirstUsesAtOnceBuildOnce() throws Exception {
        List<Process> both = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            both.add(process(clone, List.of("./demur", "help")).start());
        }
        for (Process one : both) {
            assertEquals(0, finish(one).exit());
        }
        assertEquals(1, mavenCalls().size());
    }

    @Test
    void aLockLeftByADeadBuildDoesNotBlock() throws Exception {
        Path lock = Files.createDirectories(clone.resolve("cli/target/building"));
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Files.writeString(lock.resolve("pid"), dead.pid() + "\n");
        assertEquals(0, start("help").exit());
    }

    private void makeJdk(String version) throws IOException {
        Files.createDirectories(jdk);
        Files.writeString(
                jdk.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        executable(
                jdk.resolve("bin/java"),
                """
                #!/bin/sh
                while [ $# -gt 0 ] && [ "$1" != io.demur.cli.Main ]; do shift; done
                [ $# -gt 0 ] && shift && for a in "$@"; do printf '<%s>' "$a"; done && echo
                exit 0
                """);
        executable(jdk.resolve("bin/javac"), "#!/bin/sh\n");
    }

    private static Path tool(String name) {
        Path inBin = Path.of("/bin", name);
        return Files.exists(inBin) ? inBin : Path.of("/usr/bin", name);
    }

    private List<String> mavenCalls() throws IOException {
        return Files.readAllLines(calls);
    }

    private Result start(String... args) throws Exception {
        List<String> command = new ArrayList<>(List.of("./demur"));
        command.addAll(List.of(args));
        return run(clone, command);
    }

    private Result run(Path folder, List<String> command) throws Exception {
        return finish(process(folder, command).start());
    }

    private ProcessBuilder process(Path folder, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", path);
        builder.environment().put("DEMUR_JAVA_HOME", jdk.toString());
        return builder.redirectErrorStream(true);
    }

    private static Result finish(Process process) throws Exception {
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        return new Result(process.exitValue(), output);
    }

    private static void executable(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        assertTrue(file.toFile().setExecutable(true));
    }
}
