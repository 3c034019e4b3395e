package io.demur.wire;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** A header that a server of models wants beside those that every request has. */
public final class FurtherHeader {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}");

    /** What a request says of itself, which nobody may contradict. */
    private static final Set<String> OWN =
            Set.of(
                    "accept",
                    "accept-encoding",
                    "connection",
                    "content-encoding",
                    "content-length",
                    "content-type",
                    "expect",
                    "host",
                    "keep-alive",
                    "te",
                    "trailer",
                    "transfer-encoding",
                    "upgrade");

    private FurtherHeader() {}

    /** Whether it can be set: it has a name that a header may have, and says nothing of its own. */
    public static boolean isPossible(String name) {
        return NAME.matcher(name).matches() && !OWN.contains(name.toLowerCase(Locale.ROOT));
    }
}
