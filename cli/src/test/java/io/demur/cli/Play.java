package io.demur.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.demur.testkit.Repository;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page played as its reader would: what stands in blocks of {@code sh} goes, in order, into one
 * shell in a folder of its own, where {@code ./demur} is the packaged program; what it prints has
 * to be the block without a language behind it, but for what {@link Varying} knows. A block with
 * none has to succeed. {@code -Dgolden.update=true} writes into the page what was printed.
 *
 * <p>The page's port and folder become a free one and one that is taken away. A gateway is started
 * in the background, and the block goes on once it has said all that it says. What only lists or
 * shows is tried again until it is as the page has it, or {@link #PATIENCE_MILLIS} have passed: the
 * gateway does some things behind the reply.
 */
final class Play implements AutoCloseable {

    private static final long PATIENCE_MILLIS = 60_000;
    private static final long SETTLED_MILLIS = 5_000;
    private static final String PORT = "127.0.0.1:8787";
    private static final String ENDED = "-- the block has ended: ";
    private static final Pattern LOOKS =
            Pattern.compile("(\\./demur \\w+ (list|show|check)\\b.*\n)+");

    private static final String LOT = "another person looks again";

    /** Chance had it that somebody has to look at a case twice, which no page can tell. */
    static final class Astray extends Exception {
        private static final long serialVersionUID = 1L;

        Astray(String printed) {
            super(printed);
        }
    }

    /** What was printed, and the exit code of the last command. */
    private record Printed(String text, int exit) {}

    private final Path folder;
    private final String data;
    private final Process shell;
    private final Writer in;
    private final BufferedReader out;
    private String address = PORT;
    private String key = "";
    private Varying shown = new Varying();
    private Varying printed = new Varying();

    /**
     * Begins.
     *
     * @param folder an empty one
     * @param data the folder that the page has the program write to
     */
    Play(Path folder, String data) throws IOException {
        this.folder = folder;
        this.data = data;
        Path program = folder.resolve("demur");
        Files.writeString(program, program());
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        ProcessBuilder builder =
                new ProcessBuilder("bash").directory(folder.toFile()).redirectErrorStream(true);
        for (String variable : List.of("XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME")) {
            builder.environment().put(variable, folder.resolve(variable).toString());
        }
        builder.environment().put("LC_ALL", "C.UTF-8");
        shell = builder.start();
        in = shell.outputWriter(StandardCharsets.UTF_8);
        out = shell.inputReader(StandardCharsets.UTF_8);
    }

    /** What the launcher does, without looking whether something has to be built. */
    private static String program() {
        return """
        #!/bin/sh
        export ORT_DISABLE_TELEMETRY=1
        memory=-Xmx240m
        if [ "$1" = serve ]; then
            memory=-Xmx384m
            set -- "$@" --port 0
        fi
        exec '%s' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 $memory \
        --enable-native-access=ALL-UNNAMED -cp '%s/*' io.demur.cli.Main "$@"
        """
                .formatted(
                        Path.of(System.getProperty("java.home"), "bin", "java"),
                        Repository.root().resolve("cli/target/demur/lib"));
    }

    /** Plays a page to its end. */
    void page(String name) throws IOException, InterruptedException, Astray {
        Page page = Page.read(name);
        Page now = page;
        List<Page.Block> blocks = page.blocks();
        for (int i = 0; i < blocks.size(); i++) {
            Page.Block block = blocks.get(i);
            if (!block.language().equals("sh")) {
                continue;
            }
            boolean shows = i + 1 < blocks.size() && blocks.get(i + 1).language().isEmpty();
            String expected = shows ? blocks.get(i + 1).text() : "";
            String where = "%s, line %d".formatted(name, page.line(block));
            Printed result = play(block.text(), expected, shows);
            if (shows) {
                if (Boolean.getBoolean("golden.update")) {
                    now = now.with(now.blocks().get(i + 1), Varying.shown(result.text()));
                    shown.plain(expected);
                    printed.plain(result.text());
                } else {
                    assertEquals(shown.plain(expected), printed.plain(result.text()), where);
                }
            } else {
                assertEquals(0, result.exit(), () -> where + ": " + result.text());
            }
            now = Boolean.getBoolean("golden.update") ? renamed(now, i) : now;
        }
        now.check();
    }

    /** The commands of a page that is written anew have the ids that are printed there. */
    private Page renamed(Page page, int at) {
        Page.Block block = page.blocks().get(at);
        return page.with(block, shown.with(printed, block.text()));
    }

    private Printed play(String block, String expected, boolean shows)
            throws IOException, InterruptedException, Astray {
        String commands =
                shown.with(printed, block)
                        .replaceAll(
                                "--month 20\\d\\d-\\d\\d",
                                "--month " + YearMonth.now(ZoneOffset.UTC))
                        .replace("dmr_…", key)
                        .replace(PORT, address)
                        .replace(data, folder.resolve("data").toString());
        if (commands.startsWith("./demur serve ")) {
            return serve(commands.strip());
        }
        boolean looks = shows && LOOKS.matcher(block).matches();
        boolean update = Boolean.getBoolean("golden.update");
        if (looks && update) {
            Thread.sleep(SETTLED_MILLIS);
        }
        long until = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
        Printed result = run(commands);
        while (looks
                && !update
                && !shown.copy().plain(expected).equals(printed.copy().plain(result.text()))
                && System.nanoTime() < until) {
            Thread.sleep(500);
            result = run(commands);
        }
        if (result.text().contains(LOT) && !expected.contains(LOT)) {
            throw new Astray(result.text());
        }
        return result;
    }

    /** Starts a gateway behind the shell, and its key becomes what the page calls it. */
    private Printed serve(String command) throws IOException {
        Printed said =
                run(
                        """
                        %s > serve.out 2>&1 &
                        gateway=$!
                        until grep -qs '^More:' serve.out; do
                            kill -0 $gateway || break
                            sleep 0.1
                        done
                        cat serve.out
                        """
                                .formatted(command));
        Matcher listens = Pattern.compile("127\\.0\\.0\\.1:\\d+").matcher(said.text());
        Matcher first = Pattern.compile("(?m)^  (dmr_\\S+)").matcher(said.text());
        if (!listens.find() || !first.find()) {
            throw new AssertionError(said.text());
        }
        address = listens.group();
        key = first.group(1);
        return new Printed(said.text().replace(address, PORT), said.exit());
    }

    private Printed run(String commands) throws IOException {
        in.write(commands);
        in.write("\necho \"%s$?\"\n".formatted(ENDED));
        in.flush();
        List<String> lines = new ArrayList<>();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(ENDED)) {
                int exit = Integer.parseInt(line.substring(ENDED.length()));
                return new Printed(paged(String.join("\n", lines)), exit);
            }
            lines.add(line);
        }
        throw new AssertionError("the shell has ended: " + String.join("\n", lines));
    }

    /** With the page's own port and folder, and no blanks at ends of lines, which nobody sees. */
    private String paged(String text) {
        String plain =
                text.replace(folder.resolve("data").toString(), data)
                        .replace(address, PORT)
                        .replaceAll("(?m)[ \\r]+$", "");
        return plain.isEmpty() ? "" : plain + "\n";
    }

    /** Ends the gateway, and the shell. */
    @Override
    public void close() throws IOException {
        try (in;
                out) {
            in.write("[ -z \"$gateway\" ] || { kill $gateway; wait $gateway; }\nexit\n");
            in.flush();
            shell.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            shell.destroyForcibly();
        }
    }
}
