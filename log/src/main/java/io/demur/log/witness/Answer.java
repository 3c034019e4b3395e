package io.demur.log.witness;

import io.demur.log.note.NoteSignature;

import java.util.List;

/** What a witness said to a checkpoint. */
public sealed interface Answer {

    /** In words, without the witness's name. */
    String words();

    /**
     * It cosigned.
     *
     * @param signatures of its key, each verified
     */
    record Cosigned(List<NoteSignature> signatures) implements Answer {

        public Cosigned {
            signatures = List.copyOf(signatures);
        }

        @Override
        public String words() {
            return "cosigned";
        }
    }

    /** It has seen a larger log than ours: entries that were signed for are gone. */
    record RolledBack(long size, long seen) implements Answer {

        @Override
        public String words() {
            return "THE LOG WAS ROLLED BACK: the witness has cosigned %d entries, here are %d"
                    .formatted(seen, size);
        }
    }

    /** It has seen other entries than ours: the log has two histories. */
    record Forked(String reason) implements Answer {

        @Override
        public String words() {
            return "THE LOG WAS FORKED: " + reason;
        }
    }

    /** It will not, for a reason that another attempt does not change. */
    record Declined(int status, String reason) implements Answer {

        @Override
        public String words() {
            return "declined with status %d: %s".formatted(status, reason);
        }
    }

    /** It could not be reached, or did not answer in time or in form. */
    record Unreachable(String reason) implements Answer {

        @Override
        public String words() {
            return "no answer: " + reason;
        }
    }
}
