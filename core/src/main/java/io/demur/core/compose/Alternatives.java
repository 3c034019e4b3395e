package io.demur.core.compose;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What refusals offer instead. A policy has to answer it, or it sends people from one refusal to
 * the next.
 */
public final class Alternatives {

    /**
     * One request that a refusal offers.
     *
     * @param key of its text, as a policy's own wording names it
     */
    public record Offer(Tongue tongue, String key, String text) {
        public Offer {
            Objects.requireNonNull(tongue);
        }

        /** The language and the key, such as {@code en hazard.hate.how}. */
        @Override
        public String toString() {
            return tongue.code() + " " + key;
        }
    }

    private Alternatives() {}

    /** Every one, in all languages, as a policy words it. */
    public static List<Offer> all(Wording wording) {
        List<Offer> all = new ArrayList<>();
        for (Tongue tongue : Tongue.values()) {
            for (String key : keys()) {
                String text =
                        wording.text(tongue, key).orElseGet(() -> Phrases.of(tongue).text(key));
                all.add(new Offer(tongue, key, text));
            }
        }
        return all;
    }

    private static List<String> keys() {
        List<String> keys = new ArrayList<>();
        for (String ground : Keys.grounds()) {
            for (Shape shape : Shape.values()) {
                keys.add(Keys.alternative(ground, shape));
            }
        }
        keys.add("other.first");
        keys.add("other.second");
        return keys;
    }
}
