package io.demur.core.incident;

import io.demur.core.harm.linear.Folding;
import io.demur.core.memory.Words;
import io.demur.core.text.Language;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * English words, how common they are, and what they are called in five other languages: enough to
 * see what a text is about, and no translation of it.
 *
 * <p>The lists serve twice. A word of another language stands for the English ones that it may
 * mean; and two English words that the other languages call by the same names mean nearly the same.
 */
final class Glossary {

    private static final List<String> LANGUAGES = List.of("de", "fr", "es", "it", "pt");

    /** Of one word so many meanings are looked at, the commonest first. */
    private static final int MEANINGS_MAX = 4;

    private static final int RELATED_MAX = 6;

    /** So many languages must call two words the same. */
    private static final int AGREEING_MIN = 2;

    /** Parts of a compound have at least so many letters. */
    private static final int PART_MIN = 4;

    /** What is longer is no compound: each place to part it at costs its whole length. */
    private static final int COMPOUND_MAX = 40;

    /** Words of fewer letters that no list has say nothing. */
    private static final int UNKNOWN_MIN = 4;

    /** What a word weighs that no list has: in English it is rare, elsewhere perhaps anything. */
    private static final double UNKNOWN_ENGLISH = 1;

    private static final double UNKNOWN_OTHER = 0.4;

    /** What is left of words where an apostrophe was. */
    private static final Set<String> REMAINS =
            Set.of("don", "didn", "doesn", "isn", "won", "wouldn", "couldn", "ll", "ve", "re");

    /** Words of the other languages that carry nothing, without accents. */
    private static final Set<String> PLAIN =
            Set.copyOf(
                    List.of(
                            """
                            aber ainda alla alle allem allen aller alles allo alors also ancora
                            andere anche anda aos apres aquel assim aucun auch auf auquel aussi
                            autre aux avant avec bei beim bem bien bitte bis casi cela celle
                            celles celui cem ces cet cette ceux chaque chez chi che ciascun come
                            comme como con contra cosi creme cual cuando cui dai dal dalla dann
                            daran darauf daraus das dass davon dazu degli dei dein deine del
                            della dello delle dem den denen depois der deren des desde dessa
                            desse desta deste dich die dies diese diesem diesen dieser dieses
                            dir doch dont donde dort dos dove due durch ebenso ein eine einem
                            einen einer eines ella ellas elle elles ellos embora entao entre
                            entonces era eres erst essa esse esta estaba estan estar estas este
                            esto estos estou etait ete etre etwas euch euer fait faire fare
                            fazer fur gegen gli hacer haben habe hace han hanno hasta hat hatte
                            hay ich ihm ihn ihnen ihr ihre ihrem ihren ihrer immer ins isso ist
                            isto jede jedem jeden jeder jedes jemand kann kein keine keinen
                            konnen konnte las lei les leur leurs loro los lui mais man mas mehr
                            mein meine meinem meinen meiner mes meu meus mia mich mie mien
                            mientras mio mir mis mit moi moins molto muss mussen muito muy nach
                            nao nella nelle nello nem ne nei nel nicht nichts niemand nino non
                            nos nossa nosso nous nuestra nuestro nuestros nur nunca obwohl oder
                            ohne ont oui ou outra outro para parce pas pelo pela pendant per
                            perche pero peut piu plus por porque pour pourquoi puedo posso
                            potrebbe primeiro puis qua quais qual quale quali quand quando
                            quanto que quei quel quella quelle quelli quello quels quem questa
                            queste questi questo qui quien quiero quoi sans sao schon se sehr
                            sein seine seinem seinen seiner seit selbst sem sempre senza ser ses
                            seu seus sia sich sie siempre sin sind sobre soit sollen soll sollte
                            son sondern sono sont sous sta sua suas subito sui sul sulla suo
                            suoi sur tambem tambien tan tanto tem ter todo toda todas todos tous
                            tout toute toutes tra tras tres troppo tudo tun tutti tutto uber una
                            und uns unser unsere unseren unserer uma une unos unter usted van
                            vers vielleicht voce vom von vor vos votre vous voglio wann warum
                            was weil welche welchem welchen welcher welches wem wen wenn wer
                            werden wie will wir wird wirklich wurde wurden zum zur zwischen
                            quero gostaria preciso necesito vorrei voudrais mochte brauche puoi
                            podes pode poder peux puede podria konnt mach mache macht
                            """
                                    .strip()
                                    .split("\\s+", -1)));

    /** How common each stem is: its place among all. */
    private final Map<String, Integer> places = new HashMap<>();

    private final Map<String, List<String>> related = new HashMap<>();
    private final List<Tongue> tongues = new ArrayList<>();

    /** The words of one other language; each meaning once, the commonest first. */
    private static final class Tongue {
        final Map<String, List<String>> byForm = new HashMap<>();
        final Map<String, List<String>> byStem = new HashMap<>();

        List<String> meanings(String word) {
            List<String> exact = byForm.getOrDefault(word, List.of());
            return exact.isEmpty() ? byStem.getOrDefault(Stems.other(word), List.of()) : exact;
        }

        /** Of a compound those of its two parts, with or without a letter between them. */
        List<String> parts(String word) {
            for (int at = word.length() - PART_MIN; at >= PART_MIN; at--) {
                List<String> last = meanings(word.substring(at));
                if (last.isEmpty()) {
                    continue;
                }
                String first = word.substring(0, at);
                List<String> before = meanings(first);
                if (before.isEmpty() && first.endsWith("s") && first.length() > PART_MIN) {
                    before = meanings(first.substring(0, first.length() - 1));
                }
                if (!before.isEmpty()) {
                    return joined(few(before, 1), few(last, 2));
                }
            }
            return List.of();
        }
    }

    /**
     * What a word of a text stands for.
     *
     * @param stems of English words, any of which may be meant
     * @param related stems of words that mean nearly the same
     * @param weight how much it tells, from 0 to 1
     * @param known whether it is a word, and not a name or a slip of the hand
     */
    record Term(List<String> stems, List<String> related, double weight, boolean known) {}

    private Glossary() {
        for (String language : LANGUAGES) {
            tongues.add(read(language));
        }
        relate();
    }

    static Glossary shipped() {
        return Shipped.GLOSSARY;
    }

    private static final class Shipped {
        static final Glossary GLOSSARY = new Glossary();
    }

    private Tongue read(String language) {
        Tongue tongue = new Tongue();
        for (String line : lines(language + ".txt")) {
            String[] parts = line.split("\t", 2);
            String english = parts[0].strip();
            places.putIfAbsent(Stems.english(english), places.size());
            for (String form : parts[1].split(",", -1)) {
                longest(Folding.fold(form)).ifPresent(word -> add(tongue, word, english));
            }
        }
        return tongue;
    }

    private static void add(Tongue tongue, String word, String english) {
        // tens of thousands of lists of one or two stay in memory, so they are small ones
        tongue.byForm.merge(word, List.of(english), Glossary::joined);
        tongue.byStem.merge(Stems.other(word), List.of(english), Glossary::joined);
    }

    /** Each once. */
    private static List<String> joined(List<String> one, List<String> other) {
        return Stream.concat(one.stream(), other.stream()).distinct().toList();
    }

    /** Of a form of several words, the one that carries it. */
    private static Optional<String> longest(String form) {
        return Stems.words(form).stream()
                .reduce((one, other) -> other.length() > one.length() ? other : one);
    }

    private static List<String> lines(String name) {
        try (InputStream in = Glossary.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("`%s` is not on the class path".formatted(name));
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("word list `%s`".formatted(name), e);
        }
    }

    /** Words that several languages call the same mean nearly the same. */
    private void relate() {
        Map<String, Map<String, Integer>> agreeing = new HashMap<>();
        for (Tongue tongue : tongues) {
            Map<String, Set<String>> pairs = new HashMap<>();
            for (List<String> words : tongue.byForm.values()) {
                List<String> few = words.stream().limit(12).map(Stems::english).toList();
                for (String one : few) {
                    pairs.computeIfAbsent(one, w -> new LinkedHashSet<>()).addAll(few);
                }
            }
            pairs.forEach(
                    (one, others) ->
                            others.forEach(
                                    other ->
                                            agreeing.computeIfAbsent(one, w -> new HashMap<>())
                                                    .merge(other, 1, Integer::sum)));
        }
        agreeing.forEach((one, others) -> related.put(one, nearest(one, others)));
    }

    private static List<String> nearest(String one, Map<String, Integer> others) {
        return others.entrySet().stream()
                .filter(other -> !other.getKey().equals(one))
                .filter(other -> other.getValue() >= AGREEING_MIN)
                .sorted(
                        Map.Entry.<String, Integer>comparingByValue()
                                .reversed()
                                .thenComparing(Map.Entry.comparingByKey()))
                .limit(RELATED_MAX)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static <T> List<T> few(Collection<T> words, int max) {
        return words.stream().limit(max).toList();
    }

    /** The other language that a text is written in, if it is none of English. */
    private Optional<Tongue> tongue(String text, List<String> words) {
        if (Language.of(text) != Language.OTHER) {
            return Optional.empty();
        }
        Tongue best = null;
        long most = 0;
        for (Tongue tongue : tongues) {
            long known = words.stream().filter(tongue.byForm::containsKey).count();
            if (known > most) {
                most = known;
                best = tongue;
            }
        }
        return Optional.ofNullable(best);
    }

    /** Whether a text is written in one of the other languages. */
    boolean translates(String text) {
        return tongue(text, Stems.words(Folding.fold(text))).isPresent();
    }

    /** What the words of a text stand for, each once, in their order. */
    List<Term> terms(String text) {
        List<String> words = Stems.words(Folding.fold(text));
        Optional<Tongue> tongue = tongue(text, words);
        List<Term> terms = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String word : words) {
            if (seen.add(word)) {
                tongue.map(of -> term(of, word))
                        .orElseGet(() -> term(word))
                        .filter(term -> seen.add("\t" + term.stems()))
                        .ifPresent(terms::add);
            }
        }
        return terms;
    }

    private Optional<Term> term(String word) {
        if (Words.isPlain(word) || REMAINS.contains(word)) {
            return Optional.empty();
        }
        String stem = Stems.english(word);
        return Optional.of(
                new Term(
                        List.of(stem),
                        related.getOrDefault(stem, List.of()),
                        weight(stem, UNKNOWN_ENGLISH),
                        places.containsKey(stem) || Words.isKnown(word)));
    }

    private Optional<Term> term(Tongue tongue, String word) {
        if (PLAIN.contains(word) || word.length() <= 2) {
            return Optional.empty();
        }
        List<String> meanings = meanings(tongue, word);
        if (meanings.isEmpty()) {
            return word.length() < UNKNOWN_MIN
                    ? Optional.empty()
                    : Optional.of(
                            new Term(
                                    List.of(Stems.english(word)), List.of(), UNKNOWN_OTHER, false));
        }
        Set<String> stems = new LinkedHashSet<>();
        Set<String> near = new LinkedHashSet<>();
        double weight = 0;
        for (String meaning : meanings) {
            if (!Words.isPlain(meaning)) {
                String stem = Stems.english(meaning);
                stems.add(stem);
                near.addAll(related.getOrDefault(stem, List.of()));
                weight += weight(stem, UNKNOWN_ENGLISH);
            }
        }
        near.removeAll(stems);
        return stems.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Term(
                                List.copyOf(stems),
                                few(near, RELATED_MAX),
                                weight / stems.size(),
                                true));
    }

    private static List<String> meanings(Tongue tongue, String word) {
        List<String> whole = tongue.meanings(word);
        boolean mayBeCompound = word.length() >= 2 * PART_MIN && word.length() <= COMPOUND_MAX;
        return few(whole.isEmpty() && mayBeCompound ? tongue.parts(word) : whole, MEANINGS_MAX);
    }

    /** By Zipf's law a word's frequency goes down with its place, and what it tells goes up. */
    private double weight(String stem, double unknown) {
        Integer place = places.get(stem);
        return place == null ? unknown : Math.log(2.0 + place) / Math.log(2.0 + places.size());
    }

    /** A text as an English one, word by word where it is in one of the other languages. */
    String english(String text) {
        List<String> words = Stems.words(Folding.fold(text));
        Optional<Tongue> tongue = tongue(text, words);
        if (tongue.isEmpty()) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        for (String word : words) {
            if (!PLAIN.contains(word) && word.length() > 2) {
                List<String> meanings = meanings(tongue.orElseThrow(), word);
                out.append(meanings.isEmpty() ? word : meanings.getFirst()).append(' ');
            }
        }
        return out.toString().strip();
    }
}
