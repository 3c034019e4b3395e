package io.demur.cli;

import io.demur.files.serve.ServeConfig;
import io.demur.gateway.upstream.Discovery;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks for ways to models that do not lead through the gateway. */
final class DoctorWays {

    private static final int PROBE_MILLIS = 2_000;
    private static final int LINES_MAX = 5_000;

    /** What providers' keys are called in environments. */
    private static final Set<String> VARIABLES =
            Set.of(
                    "OPENAI_API_KEY",
                    "ANTHROPIC_API_KEY",
                    "ANTHROPIC_AUTH_TOKEN",
                    "AZURE_OPENAI_API_KEY",
                    "GEMINI_API_KEY",
                    "GOOGLE_API_KEY",
                    "MISTRAL_API_KEY",
                    "GROQ_API_KEY",
                    "OPENROUTER_API_KEY",
                    "TOGETHER_API_KEY",
                    "DEEPSEEK_API_KEY",
                    "COHERE_API_KEY",
                    "XAI_API_KEY",
                    "HF_TOKEN");

    private static final Pattern ASSIGNED =
            Pattern.compile("\\b([A-Z][A-Z0-9_]*)\\s*[= ]\\s*[\"']?([^\\s\"']+)");

    /** The forms of keys that providers give out. */
    private static final Pattern LITERAL =
            Pattern.compile(
                    "\\b(sk-[A-Za-z0-9_-]{20,}|gsk_[A-Za-z0-9]{20,}|xai-[A-Za-z0-9]{20,}"
                            + "|hf_[A-Za-z0-9]{20,}|AIza[A-Za-z0-9_-]{30,})");

    private static final List<String> AT_HOME =
            List.of(
                    ".bashrc",
                    ".bash_profile",
                    ".profile",
                    ".zshrc",
                    ".zshenv",
                    ".zprofile",
                    ".config/fish/config.fish",
                    ".env");
    private static final List<String> HERE = List.of(".env", ".env.local", ".envrc");

    private final ServeConfig config;
    private final Surroundings surroundings;

    /** The names of variables that the configuration takes keys from. */
    private final Predicate<String> ours;

    private final List<InetAddress> others;

    DoctorWays(ServeConfig config, Surroundings surroundings, Predicate<String> ours) {
        this(config, surroundings, ours, others());
    }

    /**
     * The same.
     *
     * @param others this machine's addresses that others may reach
     */
    DoctorWays(
            ServeConfig config,
            Surroundings surroundings,
            Predicate<String> ours,
            List<InetAddress> others) {
        this.config = config;
        this.surroundings = surroundings;
        this.ours = ours;
        this.others = List.copyOf(others);
    }

    /** The servers that are configured; where none is, those that a gateway looks for here. */
    static Map<String, URI> servers(ServeConfig config) {
        Map<String, URI> servers = new TreeMap<>();
        config.upstreams().forEach(it -> servers.put(it.name(), it.url()));
        if (servers.isEmpty()) {
            for (Discovery.Candidate candidate : Discovery.USUAL) {
                servers.put(
                        candidate.name(),
                        URI.create("http://127.0.0.1:%d".formatted(candidate.port())));
            }
        }
        return servers;
    }

    /** Whether servers of models answer to others than the gateway. */
    List<Finding> servers() {
        Map<String, URI> near = new TreeMap<>();
        int far = 0;
        for (Map.Entry<String, URI> server : servers(config).entrySet()) {
            if (isThisMachine(server.getValue().getHost())) {
                near.put(server.getKey(), server.getValue());
            } else {
                far++;
            }
        }
        List<Finding> found = new ArrayList<>();
        near.forEach((name, url) -> found.addAll(server(name, url)));
        if (far > 0) {
            found.add(
                    Finding.ok(
                            "bypass",
                            "%d servers of models are elsewhere: who may reach them is seen there"
                                    .formatted(far)));
        }
        if (found.isEmpty()) {
            found.add(Finding.ok("bypass", "no server of models answers on this machine"));
        }
        return found;
    }

    private List<Finding> server(String name, URI url) {
        String at = "http://%s:%d".formatted(bracketed(url.getHost()), port(url));
        if (status(at).isEmpty()) {
            return List.of();
        }
        List<Finding> found = new ArrayList<>();
        for (InetAddress address : others) {
            String there = "http://%s:%d".formatted(bracketed(address.getHostAddress()), port(url));
            if (status(there).isPresent()) {
                found.add(
                        Finding.bad(
                                "bypass",
                                "`%s` answers at %s%s: whoever reaches this machine can ask it"
                                        .formatted(name, there, keyless(there)),
                                "have it listen at 127.0.0.1, or close the port; see"
                                        + " docs/guides/ollama.md"));
            }
        }
        if (found.isEmpty()) {
            found.add(
                    keyless(at).isEmpty()
                            ? Finding.ok(
                                    "bypass",
                                    "`%s` answers on this machine alone, to a key".formatted(name))
                            : Finding.warn(
                                    "bypass",
                                    "`%s` answers every program of this machine%s"
                                            .formatted(name, keyless(at)),
                                    "give it a key that only the gateway has, or a network of its"
                                            + " own; see docs/guides/vllm.md"));
        }
        return found;
    }

    private static String keyless(String at) {
        boolean open =
                List.of("/v1/models", "/api/tags").stream()
                        .map(path -> status(at + path))
                        .anyMatch(status -> status.isPresent() && status.getAsInt() == 200);
        return open ? ", without a key" : "";
    }

    /** What it answers; 0 where that is no HTTP; nothing where nobody listens. */
    private static OptionalInt status(String url) {
        try {
            return OptionalInt.of(NearbyHttp.get(url, PROBE_MILLIS).status());
        } catch (ConnectException | UnknownHostException e) {
            return OptionalInt.empty();
        } catch (SocketTimeoutException e) {
            return String.valueOf(e.getMessage()).startsWith("Connect")
                    ? OptionalInt.empty()
                    : OptionalInt.of(0);
        } catch (SocketException e) {
            boolean never = String.valueOf(e.getMessage()).contains("unreachable");
            return never ? OptionalInt.empty() : OptionalInt.of(0);
        } catch (IOException e) {
            return OptionalInt.of(0);
        }
    }

    private static int port(URI url) {
        return url.getPort() >= 0 ? url.getPort() : "https".equals(url.getScheme()) ? 443 : 80;
    }

    private static String bracketed(String host) {
        return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    }

    private static boolean isThisMachine(String host) {
        try {
            InetAddress address = InetAddress.getByName(host);
            return address.isLoopbackAddress()
                    || address.isAnyLocalAddress()
                    || NetworkInterface.getByInetAddress(address) != null;
        } catch (IOException e) {
            return false;
        }
    }

    /** This machine's addresses that others may reach. */
    private static List<InetAddress> others() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(it -> !it.isLoopbackAddress() && !it.isLinkLocalAddress())
                    .toList();
        } catch (SocketException e) {
            return List.of();
        }
    }

    /** Whether keys of providers lie about where people work, as far as this user can see. */
    List<Finding> keys(Path folder) {
        List<Finding> found = new ArrayList<>();
        for (String name : new TreeSet<>(VARIABLES)) {
            String value = surroundings.environment().getOrDefault(name, "");
            if (isKey(value) && !ours.test(name)) {
                found.add(
                        Finding.warn(
                                "keys",
                                "`%s` is set here, and is no key of this gateway".formatted(name),
                                "who has it asks the provider around the gateway: leave it to the"
                                        + " gateway's configuration alone"));
            }
        }
        Path home = Path.of(surroundings.environment().getOrDefault("HOME", "/nowhere"));
        Set<Path> files = new TreeSet<>();
        AT_HOME.forEach(name -> files.add(home.resolve(name)));
        HERE.forEach(name -> files.add(folder.toAbsolutePath().resolve(name)));
        for (Path file : files) {
            line(file)
                    .ifPresent(
                            number ->
                                    found.add(
                                            Finding.warn(
                                                    "keys",
                                                    "`%s`, line %d, holds a key of a provider"
                                                            .formatted(file, number),
                                                    "revoke it, and give people keys of this"
                                                            + " gateway: demur admin key create")));
        }
        if (found.isEmpty()) {
            found.add(
                    Finding.ok(
                            "keys",
                            "no provider's key is in this user's environment, shell files or"
                                    + " `.env` here (other users' cannot be seen)"));
        }
        return found;
    }

    /** The first line that holds a key. */
    private static Optional<Integer> line(Path file) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            return Optional.empty();
        }
        try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            for (int number = 1; number <= LINES_MAX; number++) {
                String line = in.readLine();
                if (line == null) {
                    return Optional.empty();
                }
                if (LITERAL.matcher(line).find() || assigns(line)) {
                    return Optional.of(number);
                }
            }
        } catch (IOException e) {
            // what cannot be read here gives nothing away here
        }
        return Optional.empty();
    }

    private static boolean assigns(String line) {
        Matcher matcher = ASSIGNED.matcher(line);
        while (!line.stripLeading().startsWith("#") && matcher.find()) {
            if (VARIABLES.contains(matcher.group(1)) && isKey(matcher.group(2))) {
                return true;
            }
        }
        return false;
    }

    /** Not one of ours, nor a word that stands for a key kept elsewhere. */
    private static boolean isKey(String value) {
        return value.length() >= 16
                && !value.startsWith("dmr_")
                && !value.startsWith("$")
                && !value.contains("${");
    }
}
