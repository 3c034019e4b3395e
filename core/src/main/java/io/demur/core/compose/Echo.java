package io.demur.core.compose;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the words of a sentence that name what it is about, among those that can be repeated.
 *
 * <p>Repeated are letters, single blanks, hyphens and apostrophes, and nothing else: no markup, no
 * digits, no control or direction characters, no letters of another script. A word that is a name,
 * a term of abuse, or may be a secret breaks the phrase, and so do punctuation and words of asking.
 * A sentence that speaks to the service rather than of a thing ("say that you agree") gives none.
 */
final class Echo {

    private static final int LENGTH_MAX = 48;
    private static final int WORDS_MAX = 5;
    private static final int WORD_MAX = 22;
    private static final int WORD_MAX_GERMAN = 30;
    private static final int MARKS_MAX = 2;

    private enum Part {
        /** Says what it is about. */
        CONTENT,
        /** May stand between such words. */
        LINK,
        /** Of asking; no part of it. */
        LEAD,
        /** Must not be repeated. */
        SHUT
    }

    /** A word as it stands, in lower case, and whether something parts it from the next. */
    private record Token(String shown, String word, boolean opens, boolean closes) {}

    private final Tongue tongue;
    private final Phrases phrases;
    private final boolean careful;

    /**
     * @param careful whether only ordinary words may be repeated
     */
    Echo(Tongue tongue, boolean careful) {
        this.tongue = tongue;
        this.careful = careful;
        phrases = Phrases.of(tongue);
    }

    /** How plainly a sentence asks for something. */
    int asks(String sentence) {
        if (sentence.endsWith("?") || sentence.endsWith("？") || sentence.endsWith("؟")) {
            return 1;
        }
        String read = sentence.toLowerCase(Locale.ROOT);
        if (!tongue.isSpaced()) {
            return phrases.lead().stream().anyMatch(read::contains) ? 1 : 0;
        }
        List<String> words = Prompts.words(read);
        return !words.isEmpty() && phrases.lead().contains(words.getFirst()) ? 1 : 0;
    }

    /** Whether words say something of which it is known what it is. */
    int known(String words) {
        boolean known =
                tongue.isSpaced()
                        ? Prompts.words(words).stream().anyMatch(this::isOrdinary)
                        : phrases.list(Keys.WORDS + "ordinary").stream().anyMatch(words::contains);
        return known ? 1 : 0;
    }

    /** The words, if any can be repeated. */
    Optional<String> phrase(String sentence) {
        if (speaksToUs(sentence.toLowerCase(Locale.ROOT))) {
            return Optional.empty();
        }
        if (!tongue.isSpaced()) {
            return new Unspaced(tongue, careful).phrase(sentence);
        }
        return spaced(sentence);
    }

    private boolean speaksToUs(String sentence) {
        String read =
                tongue.isSpaced()
                        ? " " + String.join(" ", Prompts.words(sentence)) + " "
                        : sentence;
        for (String shut : phrases.list(Keys.WORDS + "shut")) {
            if (read.contains(tongue.isSpaced() ? " " + shut + " " : shut)) {
                return true;
            }
        }
        return false;
    }

    private Optional<String> spaced(String sentence) {
        List<Token> tokens = tokens(sentence);
        List<Part> classes = classes(tokens);
        String best = "";
        int most = 0;
        int at = 0;
        while (at < tokens.size()) {
            if (classes.get(at) != Part.CONTENT) {
                at++;
                continue;
            }
            int end = at + 1;
            int last = at + 1;
            int contents = 1;
            int length = tokens.get(at).shown().length();
            while (end < tokens.size() && joins(tokens, classes, end)) {
                boolean content = classes.get(end) == Part.CONTENT;
                length += 1 + tokens.get(end).shown().length();
                if (content && (contents == WORDS_MAX || length > LENGTH_MAX)) {
                    break;
                }
                end++;
                contents += content ? 1 : 0;
                last = content ? end : last;
            }
            boolean known = tokens.subList(at, last).stream().anyMatch(t -> isOrdinary(t.word()));
            boolean verb = contents == 1 && !known && isGermanVerb(tokens.get(at).shown());
            int worth = verb ? 0 : Math.min(contents, 2) + (known ? 2 : 0);
            if (worth > most) {
                best = shown(tokens.subList(at, last));
                most = worth;
            }
            at = last;
        }
        return best.isEmpty() ? Optional.empty() : Optional.of(best);
    }

    /** Nouns have capitals; what stands alone without one names nothing. */
    private boolean isGermanVerb(String word) {
        return tongue == Tongue.GERMAN && !Character.isUpperCase(word.codePointAt(0));
    }

    private static boolean joins(List<Token> tokens, List<Part> classes, int i) {
        Part own = classes.get(i);
        return (own == Part.CONTENT || own == Part.LINK)
                && !tokens.get(i - 1).closes()
                && !tokens.get(i).opens();
    }

    private static String shown(List<Token> tokens) {
        List<String> words = new ArrayList<>();
        tokens.forEach(token -> words.add(token.shown()));
        return String.join(" ", words);
    }

    private List<Part> classes(List<Token> tokens) {
        List<Part> classes = new ArrayList<>();
        boolean loud = Spelling.isLoud(tokens.stream().map(Token::shown).toList());
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            String before = i == 0 ? "" : tokens.get(i - 1).shown();
            String after = i + 1 == tokens.size() ? "" : tokens.get(i + 1).shown();
            if (phrases.lead().contains(token.word())) {
                classes.add(Part.LEAD);
            } else if (phrases.link().contains(token.word())) {
                classes.add(Part.LINK);
            } else if (!isSafe(token.shown())
                    || Discretion.isNamed(token.word(), before, after)
                    || Discretion.isAbuse(token.word())) {
                classes.add(Part.SHUT);
            } else if (isOrdinary(token.word())) {
                classes.add(Part.CONTENT);
            } else {
                boolean shut =
                        careful
                                || Discretion.isName(token.word())
                                || (!loud
                                        && Spelling.mayBeName(
                                                token.shown(), before, after, tongue, phrases));
                classes.add(shut ? Part.SHUT : Part.CONTENT);
            }
        }
        return classes;
    }

    private boolean isOrdinary(String word) {
        return phrases.ordinary().contains(word)
                || (tongue == Tongue.ARABIC
                        && phrases.ordinary().contains(Spelling.withoutArticle(word)));
    }

    /** Whether a word is made of what can be shown anywhere. */
    private boolean isSafe(String shown) {
        // an accent that belongs to its letter is one with it after this, and others are not
        String word = tongue.isLatin() ? Normalizer.normalize(shown, Normalizer.Form.NFC) : shown;
        int max = tongue == Tongue.GERMAN ? WORD_MAX_GERMAN : WORD_MAX;
        int marks = 0;
        int letters = 0;
        if (word.length() > max) {
            return false;
        }
        for (int i = 0; i < word.length(); i += Character.charCount(word.codePointAt(i))) {
            int c = word.codePointAt(i);
            boolean inner = c == '-' || c == '\'' || c == '’';
            int type = Character.getType(c);
            boolean mark =
                    type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
            if (!inner && !((Character.isLetter(c) || mark) && tongue.writes(c))) {
                return false;
            }
            marks = mark ? marks + 1 : 0;
            letters += Character.isLetter(c) ? 1 : 0;
            if (marks > (tongue.isLatin() ? 0 : MARKS_MAX)) {
                return false;
            }
        }
        return letters > 1;
    }

    private List<Token> tokens(String sentence) {
        List<Token> tokens = new ArrayList<>();
        for (String piece : sentence.split("\\s+", -1)) {
            int from = 0;
            int to = piece.length();
            while (from < to && !isWordly(piece.codePointAt(from))) {
                from += Character.charCount(piece.codePointAt(from));
            }
            while (to > from && !isWordly(piece.codePointBefore(to))) {
                to -= Character.charCount(piece.codePointBefore(to));
            }
            if (from == to) {
                closeLast(tokens);
                continue;
            }
            boolean opens = from > 0;
            boolean closes = to < piece.length();
            String shown = piece.substring(from, to);
            int cut = elision(shown);
            if (cut > 0) {
                tokens.add(token(shown.substring(0, cut), opens, false));
                opens = false;
            }
            tokens.add(token(shown.substring(cut), opens, closes));
        }
        return elided(tokens);
    }

    private static Token token(String shown, boolean opens, boolean closes) {
        return new Token(shown, shown.toLowerCase(Locale.ROOT).replace('’', '\''), opens, closes);
    }

    private static void closeLast(List<Token> tokens) {
        if (!tokens.isEmpty()) {
            Token last = tokens.removeLast();
            tokens.add(new Token(last.shown(), last.word(), last.opens(), true));
        }
    }

    /** The end of what French and Italian put before a vowel; 0 where there is none. */
    private int elision(String word) {
        if (tongue != Tongue.FRENCH && tongue != Tongue.ITALIAN) {
            return 0;
        }
        int at = Math.max(word.indexOf('\''), word.indexOf('’'));
        return at > 0 && at <= 6 && at + 2 < word.length() ? at + 1 : 0;
    }

    /** Puts the article back to its noun where it would stand within a phrase. */
    private static List<Token> elided(List<Token> tokens) {
        List<Token> joined = new ArrayList<>();
        for (Token token : tokens) {
            boolean after = !joined.isEmpty() && joined.getLast().word().endsWith("'");
            if (after && joined.size() > 1 && !joined.getLast().opens()) {
                Token article = joined.removeLast();
                joined.add(
                        new Token(
                                article.shown() + token.shown(),
                                token.word(),
                                article.opens(),
                                token.closes()));
            } else {
                joined.add(token);
            }
        }
        return joined;
    }

    private static boolean isWordly(int c) {
        int type = Character.getType(c);
        return Character.isLetterOrDigit(c)
                || type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK;
    }
}
