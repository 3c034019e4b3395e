package io.demur.gateway.review;

import io.demur.core.JudgeId;
import io.demur.core.Request;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds windows in which a mark stands whole, and remembers all that it was shown. */
final class Marks implements Reader {

    private static final JudgeId ID = new JudgeId("marks", 1, "1".repeat(64));

    private final String mark;
    private final double otherwise;
    final List<String> seen = new ArrayList<>();

    /**
     * Finds one mark.
     *
     * @param otherwise what it says of all other windows
     */
    Marks(String mark, double otherwise) {
        this.mark = mark;
        this.otherwise = otherwise;
    }

    @Override
    public List<JudgeId> ids() {
        return List.of(ID);
    }

    @Override
    public Said read(Request asked, String window) {
        seen.add(window);
        return window.contains(mark) ? new Said(0.999, 0.999) : new Said(0.5, otherwise);
    }

    /** The same, asked where another is unsure. */
    SecondReader asSecond() {
        return new SecondReader() {
            @Override
            public List<JudgeId> ids() {
                return Marks.this.ids();
            }

            @Override
            public Optional<Said> read(Request asked, String window) {
                return Optional.of(Marks.this.read(asked, window));
            }
        };
    }
}
