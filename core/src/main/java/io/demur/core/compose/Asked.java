package io.demur.core.compose;

import io.demur.core.Request;
import io.demur.core.harm.Hazard;
import io.demur.core.text.Sentences;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a request asks for, as far as a refusal says so.
 *
 * @param shape what kind of thing is asked for
 * @param element words of the request that name what it is about; nothing where none can be
 *     repeated safely
 * @param pick chooses among several ways to say the same; of the words of the request alone
 */
record Asked(Shape shape, Optional<String> element, int pick) {

    /**
     * With these, what people ask about is mostly somebody, or worded so that nobody should have to
     * read it again: only words known to be ordinary ones are repeated.
     */
    private static final Set<Hazard> CAREFUL =
            EnumSet.of(
                    Hazard.SEX_RELATED_CRIMES,
                    Hazard.CHILD_SEXUAL_EXPLOITATION,
                    Hazard.SUICIDE_AND_SELF_HARM,
                    Hazard.HATE,
                    Hazard.PRIVACY,
                    Hazard.DEFAMATION,
                    Hazard.SEXUAL_CONTENT);

    private static final int SENTENCES_MAX = 16;

    Asked {
        Objects.requireNonNull(shape);
        Objects.requireNonNull(element);
    }

    static Asked of(Request request, Tongue tongue, Optional<Hazard> hazard) {
        boolean careful = hazard.isPresent() && CAREFUL.contains(hazard.get());
        List<String> texts = Prompts.latestFirst(request);
        Phrases phrases = Phrases.of(tongue);
        Shape shape = texts.isEmpty() ? Shape.KNOW : shape(texts.getFirst(), phrases, tongue);
        int pick = texts.isEmpty() ? 0 : spread(texts.getFirst().hashCode());
        for (String text : texts) {
            Optional<String> element = element(text, new Echo(tongue, careful));
            if (element.isEmpty() && !careful) {
                element = element(text, new Echo(tongue, true));
            }
            if (element.isPresent()) {
                return new Asked(shape, element, pick);
            }
        }
        return new Asked(shape, Optional.empty(), pick);
    }

    private static Optional<String> element(String text, Echo echo) {
        List<String> sentences = sentences(Prompts.plain(text));
        Optional<String> best = Optional.empty();
        int most = 0;
        for (String sentence : sentences) {
            Optional<String> found = echo.phrase(sentence);
            int worth = found.map(words -> 1 + echo.asks(sentence) + echo.known(words)).orElse(0);
            if (worth > most) {
                best = found;
                most = worth;
            }
        }
        return best;
    }

    /** The first and the last ones, where there are many. */
    private static List<String> sentences(String text) {
        Sentences cut = Sentences.of(text);
        List<String> found = new ArrayList<>();
        for (int i = 0; i < cut.count(); i++) {
            if (i < SENTENCES_MAX || i >= cut.count() - 2) {
                found.add(text.substring(cut.start(i), cut.end(i)));
            }
        }
        return found;
    }

    private static Shape shape(String text, Phrases phrases, Tongue tongue) {
        String read = Prompts.plain(text).toLowerCase(Locale.ROOT);
        int write = first(read, phrases.list(Keys.WORDS + "write"), tongue);
        int how = first(read, phrases.list(Keys.WORDS + "how"), tongue);
        if (write == how) {
            return Shape.KNOW;
        }
        return write < how ? Shape.WRITE : Shape.HOW;
    }

    /** Where the first of some words stands; after the end where none does. */
    private static int first(String text, List<String> words, Tongue tongue) {
        int first = Integer.MAX_VALUE;
        for (String word : words) {
            int at = text.indexOf(word);
            while (at >= 0 && tongue.isSpaced() && !standsAlone(text, at, at + word.length())) {
                at = text.indexOf(word, at + 1);
            }
            first = at >= 0 ? Math.min(first, at) : first;
        }
        return first;
    }

    private static boolean standsAlone(String text, int from, int to) {
        return (from == 0 || !isLetter(text.charAt(from - 1)))
                && (to == text.length() || !isLetter(text.charAt(to)));
    }

    private static boolean isLetter(char c) {
        return Character.isLetter(c) || Character.getType(c) == Character.NON_SPACING_MARK;
    }

    private static int spread(int hash) {
        int mixed = hash * 0x9E3779B1;
        return mixed ^ (mixed >>> 15);
    }
}
