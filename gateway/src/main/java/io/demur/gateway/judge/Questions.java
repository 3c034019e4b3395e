package io.demur.gateway.judge;

import io.demur.core.Band;
import io.demur.core.JudgeId;
import io.demur.core.policy.Standing;
import io.demur.gateway.offload.Offload;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Puts questions to the second judge for one request, all of them before any answer is waited for.
 * For one virtual thread.
 */
final class Questions {

    /** Beyond what every other wait lasts: a wait without an end would be a mistake. */
    static final Duration MARGIN = Duration.ofSeconds(1);

    private final Second second;
    private final Band band;
    private final Set<JudgeId> spoken;

    /**
     * Asks for one request.
     *
     * @param spoken is added to by who speaks
     */
    Questions(Second second, Band band, Set<JudgeId> spoken) {
        this.second = second;
        this.band = band;
        this.spoken = spoken;
    }

    /** Of texts of which the worst counts, where the quick judge is unsure. */
    Asked of(Heard quick, Collection<String> texts) {
        return new Asked(quick, second.ask(quick.assessment(), texts, band));
    }

    /** Of one text. */
    Asked of(Heard words) {
        return of(words, List.of(words.text()));
    }

    /** Of pieces, each by itself. */
    List<AskedPiece> of(List<Piece> pieces) {
        return pieces.stream().map(piece -> new AskedPiece(piece, of(piece))).toList();
    }

    /** The quick judge knows requests, and is never sure of what is none. */
    private Asked of(Piece piece) {
        Band within =
                piece.kind() == Piece.Kind.ORDER || band.low() == band.high()
                        ? band
                        : new Band(Math.min(band.low(), Asides.FROM), 1);
        List<String> text = List.of(piece.quick().text());
        return new Asked(piece.quick(), second.ask(piece.quick().assessment(), text, within));
    }

    /** What became of one text after the second judge was asked, or need not be. */
    final class Asked {
        private final Heard quick;
        private final CompletableFuture<Second.Said> said;

        private Asked(Heard quick, CompletableFuture<Second.Said> said) {
            this.quick = quick;
            this.said = said;
        }

        Second.Said said() {
            Second.Said waited = Offload.await(said, second.longest().plus(MARGIN));
            waited.by().ifPresent(spoken::add);
            return waited;
        }

        boolean isSettled() {
            return said().settled();
        }

        Heard heard() {
            return new Heard(quick.text(), said().assessment());
        }

        /** As a piece of some kind counts. */
        Heard heard(Piece.Kind kind) {
            return new Piece(quick, kind).weighed(said());
        }
    }

    /** A question and how its words stand to what was refused. */
    record Told(Asked asked, Standing standing) {}

    /** A piece of what is no request, under way. */
    record AskedPiece(Piece piece, Asked asked) {
        Sifted.Answer answer() {
            return new Sifted.Answer(piece, asked.said());
        }
    }
}
