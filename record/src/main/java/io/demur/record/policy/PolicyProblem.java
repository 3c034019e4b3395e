package io.demur.record.policy;

import io.demur.core.Problem;
import io.demur.core.Where;

import java.util.Locale;
import java.util.Optional;

/**
 * Why a policy is not believed, or a statement not accepted. The codes are stable; {@code
 * docs/reference/policy-statements.md} lists them.
 */
public enum PolicyProblem {
    NONE("no policy is in force yet"),
    LOG("the log cannot be read, or holds what no program of ours has written"),
    FILE("the file of a statement is missing, or cannot be read or written"),
    MALFORMED("a file holds no statement, or another one than its name says"),
    SIGNATURE("a statement is not signed by those who would have to sign it"),
    TRUST("a list of principals contradicts itself, or would shut everybody out"),
    OUTDATED("a statement was made over another policy than the one in force, or was used before"),
    WEAKER("a weakening lacks what it needs: a reason, an expiry, a second person, time"),
    ROLLBACK("there is nothing to go back to, or it is too late for that"),
    SEAL("the set-up phase cannot end like this, or is over already"),
    TABLE("this program does something else with the document than what was signed"),
    JUDGE("the judges of the policy are not those of this program"),
    PROBES("the judges answer the probes otherwise than when the policy was signed"),
    DOCUMENT("a document cannot be read, or holds what cannot be signed");

    private final String meaning;

    PolicyProblem(String meaning) {
        this.meaning = meaning;
    }

    /** The code, such as {@code policy-file}. */
    public String code() {
        return "policy-" + name().toLowerCase(Locale.ROOT);
    }

    /** What it means, in the words of the reference. */
    public String meaning() {
        return meaning;
    }

    /** One such problem, and the way out of it. */
    Problem at(Where where, String message, String fix) {
        return new Problem(code(), message, where, Optional.of(fix));
    }

    Problem in(String file, String message, String fix) {
        return at(Where.file(file), message, fix);
    }
}
