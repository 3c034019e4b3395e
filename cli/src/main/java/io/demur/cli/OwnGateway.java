package io.demur.cli;

import io.demur.files.serve.Secrets;
import io.demur.files.serve.ServeConfig;
import io.demur.files.serve.ServeFile;
import io.demur.record.DataFolder;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A gateway in this process that has begun in a folder of its own and answers with the rehearsal
 * model; closed, it leaves no trace but the folder. Not safe for use by several threads.
 */
final class OwnGateway implements AutoCloseable {

    private static final long READY_MILLIS = 60_000;
    private static final Pattern ADDRESS = Pattern.compile("listens at (http://\\S+)");
    private static final Pattern KEY = Pattern.compile("(?m)^\\s*(dmr_\\S+)");

    /** Whatever models this machine may have are left alone. */
    private static final String CONFIGURATION = "profiles: off\n";

    private final StringWriter said = new StringWriter();
    private final Thread serving;

    private OwnGateway(Path folder) {
        String home = folder.toString();
        Surroundings surroundings =
                new Surroundings(
                        Map.of(
                                "HOME", home,
                                "XDG_CONFIG_HOME", home,
                                "XDG_STATE_HOME", home),
                        InstantSource.system());
        Server server =
                new Server(
                        new Installation(new DataFolder(folder.resolve("data")), surroundings),
                        surroundings,
                        new PrintWriter(said),
                        "");
        serving = Thread.ofPlatform().start(() -> serve(server));
    }

    /**
     * Starts one; it listens when this returns.
     *
     * @param folder an empty one, which is written to; nothing outside it is
     */
    static OwnGateway start(Path folder) throws IOException {
        OwnGateway gateway = new OwnGateway(folder);
        boolean ready = false;
        try {
            gateway.await();
            ready = true;
            return gateway;
        } finally {
            if (!ready) {
                gateway.close();
            }
        }
    }

    private static void serve(Server server) {
        try {
            ServeConfig plain =
                    ServeFile.read(
                                    "demur.yaml",
                                    CONFIGURATION.getBytes(StandardCharsets.UTF_8),
                                    new Secrets(name -> Optional.empty(), file -> Optional.empty()),
                                    new ArrayList<>())
                            .orElseThrow();
            server.run(plain, new Server.Overrides(Optional.empty(), Optional.of(0), true, false));
        } catch (Exception e) {
            // whoever waits for it sees that it is not there
            System.err.println("demur: " + e);
        }
    }

    private void await() throws IOException {
        long end = System.currentTimeMillis() + READY_MILLIS;
        while (!said.toString().contains("More:")) {
            if (!serving.isAlive() || System.currentTimeMillis() > end) {
                throw new IOException("the gateway does not begin");
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
    }

    /** The beginning of its addresses. */
    String url() throws IOException {
        return found(ADDRESS);
    }

    /** A key to ask with. */
    String key() throws IOException {
        return found(KEY);
    }

    private String found(Pattern pattern) throws IOException {
        Matcher matcher = pattern.matcher(said.toString());
        if (!matcher.find()) {
            throw new IOException("the gateway says nothing like " + pattern);
        }
        return matcher.group(1);
    }

    /** Takes a folder away, with all that is in it. */
    static void remove(Path folder) throws IOException {
        List<Path> all;
        try (var files = Files.walk(folder)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : all) {
            Files.deleteIfExists(each);
        }
    }

    @Override
    public void close() {
        serving.interrupt();
        try {
            serving.join(READY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
