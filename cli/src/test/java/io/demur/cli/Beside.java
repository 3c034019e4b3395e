package io.demur.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The packaged program in processes beside the tests: a gateway, and commands that work on the same
 * folder.
 */
final class Beside {

    /** What came of a command. */
    record Result(int exit, String out, String err) {}

    private final Path folder;

    Beside(Path folder) {
        this.folder = folder;
    }

    private ProcessBuilder builder(String name, String... args) {
        List<String> command = new ArrayList<>(Packaged.command("-Xmx500m", args));
        command.addAll(List.of("--data", folder.resolve("data").toString()));
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectOutput(folder.resolve(name + ".out").toFile())
                        .redirectError(folder.resolve(name + ".err").toFile());
        // what lies outside of data folders is not the user's who runs the tests
        for (String variable : List.of("XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME")) {
            builder.environment().put(variable, folder.resolve(variable).toString());
        }
        builder.environment().put("USER", "anna");
        builder.environment().put("ORT_DISABLE_TELEMETRY", "1");
        return builder;
    }

    /** Runs a command to its end. */
    Result run(String... args) throws Exception {
        Process process = builder("command", args).start();
        process.getOutputStream().close();
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("`%s` did not end".formatted(String.join(" ", args)));
        }
        return new Result(process.exitValue(), read("command.out"), read("command.err"));
    }

    /** Starts a gateway, and waits until it says where it listens. */
    Process serve() throws Exception {
        Process process =
                builder("serve", "serve", "--rehearsal", "--port", "0", "--log-exchanges").start();
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (!Files.exists(note())) {
            if (!process.isAlive() || System.nanoTime() > until) {
                process.destroyForcibly();
                throw new AssertionError(read("serve.out") + read("serve.err"));
            }
            Thread.sleep(100);
        }
        return process;
    }

    /** Where the gateway says how it is reached. */
    Path note() {
        return folder.resolve("data/serving.json");
    }

    Path data() {
        return folder.resolve("data");
    }

    String read(String name) throws IOException {
        return Files.readString(folder.resolve(name), StandardCharsets.UTF_8);
    }
}
