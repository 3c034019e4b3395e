package io.demur.cli;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Holds what servers of models count themselves against the log. vLLM and llama.cpp count the
 * tokens of all that they were asked since they were started; that cannot be more than the log has
 * of all time, unless somebody else asks them too.
 */
final class DoctorCounts {

    private static final int PROBE_MILLIS = 2_000;

    private static final Pattern COUNTED =
            Pattern.compile(
                    "(?m)^(?:vllm:prompt_tokens_total|llamacpp:prompt_tokens_total)(?:\\{[^}]*})?"
                            + " +([0-9.eE+]+)");

    private DoctorCounts() {}

    /**
     * Compares those that count.
     *
     * @param servers by name
     */
    static List<Finding> of(Map<String, URI> servers, DoctorUsage usage) {
        List<Finding> found = new ArrayList<>();
        if (usage.isWhole()) {
            servers.forEach(
                    (name, url) ->
                            counted(url).ifPresent(read -> found.add(finding(name, read, usage))));
        }
        return found;
    }

    private static Finding finding(String name, long read, DoctorUsage usage) {
        long logged = usage.sums().values().stream().mapToLong(DoctorUsage.Sum::in).sum();
        String words =
                "`%s` has read %,d tokens since it was started, the log has %,d in all"
                        .formatted(name, read, logged);
        if (read <= logged) {
            return Finding.ok("usage", words);
        }
        long unknown = usage.unknown();
        return unknown > 0
                ? Finding.warn(
                        "usage",
                        "%s; of %,d exchanges nobody knows how much they were"
                                .formatted(words, unknown),
                        "it may be these, which were broken off or never counted, or somebody who"
                                + " asks it around the gateway")
                : Finding.bad(
                        "usage",
                        words,
                        "somebody asks it around the gateway: close the other ways in");
    }

    private static OptionalLong counted(URI url) {
        try {
            NearbyHttp.Reply reply =
                    NearbyHttp.get(
                            new URI(
                                            url.getScheme(),
                                            null,
                                            url.getHost(),
                                            url.getPort(),
                                            "/metrics",
                                            null,
                                            null)
                                    .toString(),
                            PROBE_MILLIS);
            Matcher matcher = COUNTED.matcher(new String(reply.body(), StandardCharsets.UTF_8));
            long sum = 0;
            boolean any = false;
            while (reply.status() == 200 && matcher.find()) {
                sum += new BigDecimal(matcher.group(1)).longValue();
                any = true;
            }
            return any ? OptionalLong.of(sum) : OptionalLong.empty();
        } catch (IOException | URISyntaxException | NumberFormatException e) {
            return OptionalLong.empty(); // it does not count, or not there
        }
    }
}
