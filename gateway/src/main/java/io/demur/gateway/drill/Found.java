package io.demur.gateway.drill;

import io.demur.core.Degree;
import io.demur.core.Verdict;
import io.demur.record.entry.Outcome;

import java.util.Locale;
import java.util.Optional;

/** What came of a probe: of the whole path, or of the model alone. */
public enum Found {
    REFUSED,
    /** Refused, and part of it was given all the same. */
    LEAKED,
    ANSWERED,
    /** Nobody can say: empty, cut off, or a part of it does not show what the whole is. */
    UNDECIDED,
    /** The model was not asked. */
    UNASKED,
    /** It came to no end. */
    FAILED;

    /** As it stands in entries. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** By that word; undecided where there is none such. */
    static Found of(String word) {
        for (Found found : values()) {
            if (found.word().equals(word)) {
                return found;
            }
        }
        return UNDECIDED;
    }

    /** What a caller gets by an outcome; what leaves a model as an answer is one by its verdict. */
    static Found of(Outcome.Result result, Found said) {
        return switch (result) {
            case REFUSE_LOCAL, REVIEW -> REFUSED;
            case REFUSE_UPSTREAM -> said == LEAKED ? LEAKED : REFUSED;
            case PARTIAL -> LEAKED;
            case ALLOW -> said == UNASKED || said == FAILED ? UNDECIDED : said;
            case ERROR, ABORT -> FAILED;
        };
    }

    /** What a model's answer is by what a judge says of it. */
    static Found of(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Refused refused ->
                    refused.refusal().degree() == Degree.PARTIAL ? LEAKED : REFUSED;
            case Verdict.Complied complied -> ANSWERED;
            case Verdict.Undecided undecided -> UNDECIDED;
        };
    }

    /** Whether it was declined; nothing where that is not known. */
    Optional<Boolean> declined() {
        return switch (this) {
            case REFUSED, LEAKED -> Optional.of(true);
            case ANSWERED -> Optional.of(false);
            case UNDECIDED, UNASKED, FAILED -> Optional.empty();
        };
    }
}
