package io.demur.eval.train;

import io.demur.core.Act;
import io.demur.core.Degree;
import io.demur.core.text.Sentence;
import io.demur.core.text.Sentence.Shape;
import io.demur.core.text.Sentences;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Short replies cut out of long ones. A sentence of an ordinary answer is an answer too, if a short
 * one, and the sentence with which a reply declines is a refusal. The corpora have few short
 * replies, and most of those refuse; without these the judge takes what is short for a refusal.
 */
final class Excerpts {

    private static final long SEED = 11;
    private static final float TRUST = 0.3f;
    private static final int LONGEST = 240;

    /** Answers to ordinary requests, of which no sentence declines. */
    private static final Set<String> ORDINARY =
            Set.of("just_eval_general", "self_instruct", "coconot", "own_languages");

    private static final List<Integer> NO_CRAFT = List.of(-1, -1, -1, -1);

    private final SplittableRandom random = new SplittableRandom(SEED);

    /** What can be cut out of a reply; the same each time for the same order of replies. */
    List<Example> of(Example example) {
        List<Example> excerpts = new ArrayList<>();
        if (example.only(Degree.COMPLIANCE) && ORDINARY.contains(example.source())) {
            int times = example.source().equals("own_languages") ? 2 : 1;
            for (int i = 0; i < times; i++) {
                answer(example).ifPresent(excerpts::add);
            }
        } else if (example.only(Degree.FULL) && example.source().startsWith("own_")) {
            refusal(example).ifPresent(excerpts::add);
        }
        return excerpts;
    }

    private Optional<Example> answer(Example example) {
        String text = example.response();
        List<Sentence> sentences = Sentences.of(text).list();
        if (sentences.size() < 2) {
            return Optional.empty();
        }
        int first = random.nextInt(sentences.size());
        int last = Math.min(sentences.size() - 1, first + random.nextInt(2));
        for (int i = first; i <= last; i++) {
            String plain = SeedGrammar.plain(said(sentences.get(i), text));
            if (sentences.get(i).shape() == Shape.CODE
                    || sentences.get(i).shape() == Shape.THOUGHT
                    || SeedGrammar.matches(Act.REFUSES, plain)
                    || SeedGrammar.matches(Act.CONTRADICTS, plain)
                    || SeedGrammar.opensWithRefusal(plain)) {
                return Optional.empty();
            }
        }
        return cut(example, sentences.get(first).start(), sentences.get(last).end());
    }

    /** The sentence that declines in one of the usual ways, where it is one of the first two. */
    private static Optional<Example> refusal(Example example) {
        String text = example.response();
        List<Sentence> sentences = Sentences.of(text).list();
        for (int i = 0; i < Math.min(2, sentences.size()) && sentences.size() > 1; i++) {
            Sentence sentence = sentences.get(i);
            if (SeedGrammar.matches(Act.REFUSES, SeedGrammar.plain(said(sentence, text)))) {
                return cut(example, sentence.start(), sentence.end());
            }
        }
        return Optional.empty();
    }

    private static String said(Sentence sentence, String text) {
        return text.substring(sentence.start(), sentence.end());
    }

    private static Optional<Example> cut(Example example, int from, int to) {
        if (to - from > LONGEST) {
            return Optional.empty();
        }
        return Optional.of(
                new Example(
                        example.source(),
                        example.group(),
                        example.request(),
                        example.response().substring(from, to),
                        example.degrees(),
                        TRUST * example.weight(),
                        Optional.empty(),
                        Optional.empty(),
                        OptionalInt.empty(),
                        NO_CRAFT));
    }
}
