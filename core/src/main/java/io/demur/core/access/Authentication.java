package io.demur.core.access;

import java.util.Optional;

/** What the text of a key came to. */
public sealed interface Authentication {

    /** It is good. */
    record Known(Caller caller) implements Authentication {}

    /**
     * It is not.
     *
     * @param fault what is wrong with the text, where {@code why} is {@link Why#NO_KEY}
     */
    record Rejected(Why why, Optional<KeyText.Fault> fault) implements Authentication {

        /** A sentence for whoever sent it; it repeats nothing of it. */
        public String words() {
            return fault.map(KeyText.Fault::words).orElseGet(why::words);
        }
    }

    /** Why a key is not good. More than {@link #UNKNOWN} is told only to who has the secret. */
    enum Why {
        /** It is no key. */
        NO_KEY("this is no key"),
        /** Nobody has it: there is none of that id, or its secret is another. */
        UNKNOWN("this key is not known"),
        EXPIRED("this key has expired"),
        REVOKED("this key was revoked"),
        /** Whose it was, is no principal any more. */
        REMOVED("this key's principal was removed"),
        /** Who has which key has not been looked up for too long: it could be revoked. */
        STALE("keys cannot be checked at the moment");

        private final String words;

        Why(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }
}
