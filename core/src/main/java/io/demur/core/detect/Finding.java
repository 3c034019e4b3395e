package io.demur.core.detect;

import io.demur.core.JudgeId;
import io.demur.core.Verdict;

import java.util.Objects;

/**
 * A verdict, and which judge of several it comes from.
 *
 * @param verdict what was concluded
 * @param by the judge whose word it is
 */
public record Finding(Verdict verdict, JudgeId by) {
    public Finding {
        Objects.requireNonNull(verdict);
        Objects.requireNonNull(by);
    }
}
