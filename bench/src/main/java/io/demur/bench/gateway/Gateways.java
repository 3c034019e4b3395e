package io.demur.bench.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Starts what stands between a caller and a model: Demur as users start it, and nginx. */
final class Gateways {

    private static final String MODEL = "io/demur/encoder/";

    /** What the launcher gives the JVM; a class cache holds for the same alone. */
    private static final List<String> FLAGS =
            List.of(
                    "-XX:+UseSerialGC",
                    "-XX:-UsePerfData",
                    "-Xlog:disable",
                    "--enable-native-access=ALL-UNNAMED");

    private final Path root;
    private final Path folder;
    private final int model;

    /**
     * Gateways before a model.
     *
     * @param root the repository's
     * @param folder for what they write
     * @param model its port
     */
    Gateways(Path root, Path folder, int model) {
        this.root = root;
        this.folder = folder;
        this.model = model;
    }

    /** One that listens. */
    record Started(Child child, int port, String key, double readySeconds)
            implements AutoCloseable {
        /** How often the slow judge was asked so far; 0 for what has none. */
        long asked() throws IOException {
            if (!key.startsWith("dmr_")) {
                return 0;
            }
            URI metrics = URI.create("http://127.0.0.1:" + port + "/metrics");
            try (InputStream in = metrics.toURL().openStream()) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .filter(it -> it.contains("pool=\"judge\",what=\"done\""))
                        .mapToLong(it -> Long.parseLong(it.substring(it.lastIndexOf(' ') + 1)))
                        .sum();
            }
        }

        @Override
        public void close() throws IOException {
            child.close();
        }
    }

    /** Demur on a folder of data, which begins where it is empty. */
    Started demur(String name, boolean encoder, String options) throws IOException {
        Path data = folder.resolve(name);
        Path config = folder.resolve("demur.yaml");
        Files.writeString(
                config,
                """
                upstreams:
                  - {name: stub, kind: openai, url: "http://127.0.0.1:%d"}
                """
                        .formatted(model));
        ProcessBuilder builder =
                encoder ? new ProcessBuilder(root.resolve("demur").toString()) : withoutEncoder();
        builder.command()
                .addAll(
                        List.of(
                                "serve",
                                "--data",
                                data.toString(),
                                "--config",
                                config.toString(),
                                "--port",
                                "0"));
        builder.environment().put("DEMUR_JAVA_OPTS", options);
        long begun = System.nanoTime();
        Child child = Child.start(builder);
        int port = 0;
        double ready = 0;
        String key = "";
        while (true) {
            String line = child.readLine();
            if (line.contains("Demur listens at")) {
                ready = (System.nanoTime() - begun) / 1e9;
                port = Integer.parseInt(line.substring(line.lastIndexOf(':') + 1).strip());
            }
            if (line.strip().startsWith("dmr_")) {
                key = line.strip();
            }
            if (line.contains("policy ") && Files.exists(folder.resolve(name + ".known"))) {
                break; // nothing comes behind it
            }
            if (line.startsWith("More: ")) {
                Files.writeString(folder.resolve(name + ".known"), key);
                break;
            }
        }
        child.drain();
        return new Started(child, port, Files.readString(folder.resolve(name + ".known")), ready);
    }

    /** The same program, whose encoder came without its model. */
    private ProcessBuilder withoutEncoder() throws IOException {
        List<String> start = Files.readAllLines(root.resolve("cli/target/demur/start"));
        List<String> jars = new ArrayList<>();
        for (String jar : start.get(4).split(":", -1)) {
            Path name = Path.of(jar).getFileName();
            if (!name.toString().startsWith("demur-encoder")) {
                jars.add(jar);
                continue;
            }
            Path copy = folder.resolve(name);
            Files.copy(Path.of(jar), copy, StandardCopyOption.REPLACE_EXISTING);
            try (var zip = FileSystems.newFileSystem(copy)) {
                try (var files = Files.list(zip.getPath(MODEL))) {
                    for (Path file : files.filter(it -> it.toString().endsWith(".onnx")).toList()) {
                        Files.delete(file);
                    }
                }
            }
            jars.add(copy.toString());
        }
        String classPath = String.join(":", jars);
        String java = start.get(1) + "/bin/java";
        Path cache = folder.resolve("without-encoder.aot");
        if (!Files.exists(cache)) {
            train(java, classPath, cache);
        }
        List<String> command = new ArrayList<>(List.of(java, "-Xmx384m", "-Xmn48m"));
        command.addAll(FLAGS);
        command.add("-XX:AOTCache=" + cache);
        command.add("io.demur.cli.Main");
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("CLASSPATH", classPath);
        return builder;
    }

    /** The class cache that the launcher would make for this class path. */
    private void train(String java, String classPath, Path cache) throws IOException {
        List<String> command = new ArrayList<>(List.of(java, "-Xmx240m"));
        command.addAll(FLAGS);
        command.add("-XX:AOTCacheOutput=" + cache);
        command.add("io.demur.cli.StartTraining");
        command.add(root.resolve("examples/transcripts.jsonl").toString());
        command.add(root.resolve("examples/requests.jsonl").toString());
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("CLASSPATH", classPath);
        try {
            int ended = builder.start().waitFor();
            if (ended != 0) {
                throw new IOException("no class cache could be made: " + ended);
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** nginx as a proxy that does nothing else; nothing where there is none. */
    Optional<Started> nginx() throws IOException {
        Path program = Path.of("/usr/sbin/nginx");
        if (!Files.isExecutable(program)) {
            return Optional.empty();
        }
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Path home = Files.createDirectory(folder.resolve("nginx"));
        Path config = home.resolve("nginx.conf");
        Files.writeString(
                config,
                """
                daemon off;
                master_process on;
                worker_processes 2;
                worker_rlimit_nofile 20000;
                pid %1$s/pid;
                error_log stderr crit;
                events { worker_connections 9000; }
                http {
                    access_log off;
                    client_body_temp_path %1$s/body;
                    proxy_temp_path %1$s/proxy;
                    fastcgi_temp_path %1$s/fastcgi;
                    uwsgi_temp_path %1$s/uwsgi;
                    scgi_temp_path %1$s/scgi;
                    client_max_body_size 32m;
                    client_body_buffer_size 2m;
                    keepalive_requests 1000000000;
                    upstream model {
                        server 127.0.0.1:%2$d;
                        keepalive 128;
                        keepalive_requests 1000000000;
                    }
                    server {
                        listen 127.0.0.1:%3$d;
                        location / {
                            proxy_pass http://model;
                            proxy_http_version 1.1;
                            proxy_set_header Connection "";
                            proxy_buffering off;
                            proxy_read_timeout 300s;
                        }
                    }
                }
                """
                        .formatted(home, model, port));
        Child child =
                Child.start(
                        new ProcessBuilder(
                                program.toString(),
                                "-p",
                                home.toString(),
                                "-c",
                                config.toString()));
        return Optional.of(new Started(child, port, "none", 0));
    }
}
