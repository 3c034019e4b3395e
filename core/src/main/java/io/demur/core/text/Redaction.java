package io.demur.core.text;

import static io.demur.core.text.Start.DIGITS;
import static io.demur.core.text.Start.LETTERS;
import static io.demur.core.text.Start.UPPER;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Takes out of a text what identifies people or opens doors, and can be told by its form alone: a
 * placeholder such as {@code [EMAIL]} takes its place.
 *
 * <p>What it finds: e-mail addresses; phone numbers with a country code, or grouped as a national
 * one; payment cards whose check digit is right; IBANs likewise; IP addresses; user and password in
 * a URL; private keys, tokens and API keys in their makers' forms, and long strings that look drawn
 * by lot; and national numbers of the United States, Britain, France and Spain, and of Brazil,
 * where form and check digits allow no doubt.
 *
 * <p>What it cannot: names, addresses of houses, dates of birth, medical facts, a secret that is a
 * plain word, a number written out in words, anything in a picture. A redacted text says less about
 * people; it is not anonymous. It is pure: the same text always gives the same result, and a
 * redacted text stays as it is.
 */
public final class Redaction {

    /**
     * Says where something ends that begins as its pattern says; before its start where it is none.
     */
    @FunctionalInterface
    private interface End {
        int of(String text, int start, int end);
    }

    /**
     * One kind of thing: how it looks, and what must hold of it besides.
     *
     * @param start where it may begin
     * @param whole whether what is none is passed by as a whole; else another may begin in it
     */
    private record Rule(String placeholder, Start start, Pattern pattern, End end, boolean whole) {}

    private static final Pattern NEXT_PARAMETER = Pattern.compile("&[A-Za-z0-9_.-]{1,40}=");
    private static final String NO_WORD_BEFORE = "(?<![\\p{L}\\p{N}_])";
    private static final String NO_WORD_AFTER = "(?![\\p{L}\\p{N}_])";

    // in this order: what an earlier one took, a later one does not see
    private static final List<Rule> RULES =
            List.of(
                    new Rule(
                            "[PRIVATE_KEY]",
                            Start.at("-----BEGIN "),
                            Pattern.compile("-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----"),
                            PrivateKeys::end,
                            false),
                    // what stands before the at sign of an address with a scheme
                    new Rule(
                            "[CREDENTIALS]",
                            Start.behind("://"),
                            Pattern.compile("[^\\s\"'<>]{1,400}+"),
                            Redaction::credentials,
                            false),
                    rule(
                            "[EMAIL]",
                            // of 64 characters each may be two of Java's
                            Start.before('@', 128),
                            "(?<![\\p{L}\\p{N}._%+-])[\\p{L}\\p{N}._%+-]{1,64}@"
                                + "(?:[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]{0,62})\\.){1,8}\\p{L}{2,24}"
                                + "(?![\\p{L}\\p{N}])",
                            found -> true),
                    rule(
                            "[SECRET]",
                            Start.word("sprghxAe"),
                            "(?<![\\p{L}\\p{N}_-])"
                                    + "(?:sk-[A-Za-z0-9_-]{20,}+"
                                    + "|(?:sk|pk|rk)_(?:live|test)_[A-Za-z0-9]{16,}+"
                                    + "|gh[pousr]_[A-Za-z0-9]{30,}+"
                                    + "|github_pat_[A-Za-z0-9_]{30,}+|glpat-[A-Za-z0-9_-]{20,}+"
                                    + "|hf_[A-Za-z0-9]{30,}+|xox[abeprs]-[A-Za-z0-9-]{10,}+"
                                    + "|(?:AKIA|ASIA)[A-Z0-9]{16}|AIza[A-Za-z0-9_-]{35}"
                                    + "|eyJ[A-Za-z0-9_-]{8,}+\\.eyJ[A-Za-z0-9_-]{8,}+"
                                    + "\\.[A-Za-z0-9_-]{8,}+)"
                                    + NO_WORD_AFTER,
                            found -> true),
                    new Rule(
                            "[SECRET]",
                            Start.behind(
                                    Pattern.compile(
                                            "(?i:password|passwd|pwd|secret|token|api[_-]?key"
                                                    + "|bearer)[\"']?"
                                                    + "(?:\\s?[:=]\\s?|\\s(?:is|was)\\s)[\"']?"),
                                    "pa",
                                    "pw",
                                    "se",
                                    "to",
                                    "ap",
                                    "be"),
                            Pattern.compile("[^\\s\"'\\[\\]<>&]++"),
                            Redaction::value,
                            true),
                    new Rule(
                            "[SECRET]",
                            Start.behind(
                                    Pattern.compile(
                                            "(?i:authorization)[\"']?\\s?[:=]\\s?[\"']?"
                                                    + "(?i:bearer|basic|token)\\s"),
                                    "au"),
                            Pattern.compile("[^\\s\"'\\[\\]<>]{8,}+"),
                            checked(found -> true),
                            true),
                    new Rule(
                            "[SECRET]",
                            Start.behind(Pattern.compile(NO_WORD_BEFORE + "(?i:bearer)\\s"), "be"),
                            Pattern.compile("[A-Za-z0-9._~+/=-]{16,}+"),
                            checked(Redaction::mixed),
                            true),
                    new Rule(
                            "[IBAN]",
                            Start.word(LETTERS, LETTERS, DIGITS, DIGITS),
                            Pattern.compile(
                                    NO_WORD_BEFORE + "[A-Za-z]{2}\\d{2}(?: ?[A-Za-z0-9]){11,30}+"),
                            Accounts::end,
                            false),
                    new Rule(
                            "[CARD]",
                            Start.word(DIGITS),
                            Pattern.compile("(?<![\\p{L}\\p{N}_.,-])\\d(?:[ -]?\\d){12,18}+"),
                            Redaction::card,
                            false),
                    rule(
                            "[NATIONAL_ID]",
                            Start.word(DIGITS, DIGITS, DIGITS, "-"),
                            NO_WORD_BEFORE + "\\d{3}-\\d{2}-\\d{4}" + NO_WORD_AFTER,
                            NationalNumbers::american),
                    rule(
                            "[NATIONAL_ID]",
                            Start.word(UPPER, UPPER),
                            NO_WORD_BEFORE
                                    + "(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]"
                                    + " ?\\d{2} ?\\d{2} ?\\d{2} ?[A-D]"
                                    + NO_WORD_AFTER,
                            found -> true),
                    rule(
                            "[NATIONAL_ID]",
                            Start.word("12"),
                            NO_WORD_BEFORE
                                    + "[12] ?\\d{2} ?(?:0[1-9]|1[0-2]) ?(?:\\d{2}|2[AB]) ?\\d{3}"
                                    + " ?\\d{3} ?\\d{2}"
                                    + NO_WORD_AFTER,
                            NationalNumbers::french),
                    rule(
                            "[NATIONAL_ID]",
                            Start.word(DIGITS, DIGITS, DIGITS, DIGITS),
                            NO_WORD_BEFORE + "\\d{8}-?[A-HJ-NP-TV-Z]" + NO_WORD_AFTER,
                            NationalNumbers::spanish),
                    rule(
                            "[NATIONAL_ID]",
                            Start.word(DIGITS, DIGITS, DIGITS, "."),
                            NO_WORD_BEFORE + "\\d{3}\\.\\d{3}\\.\\d{3}-\\d{2}" + NO_WORD_AFTER,
                            NationalNumbers::brazilian),
                    rule(
                            "[IP]",
                            Start.word(DIGITS),
                            "(?<![\\p{L}\\p{N}_.-])(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.){3}"
                                    + "(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?![\\p{L}\\p{N}_-]|\\.\\d)",
                            Redaction::address),
                    rule(
                            "[IP]",
                            Start.before(':', 4),
                            "(?<![\\p{L}\\p{N}_:.])[0-9A-Fa-f]{1,4}:[0-9A-Fa-f:]++(?<!:)"
                                    + "(?![\\p{L}\\p{N}_:])",
                            Redaction::longAddress),
                    rule(
                            "[PHONE]",
                            Start.word("+0"),
                            "(?<![\\p{L}\\p{N}_+])(?:\\+|00)[1-9]\\d{0,2}(?:[ .()/-]{0,2}\\d){6,13}"
                                    + "(?![\\p{L}\\p{N}_-])",
                            Redaction::phone),
                    rule(
                            "[PHONE]",
                            Start.word("(" + DIGITS),
                            "(?<![\\p{L}\\p{N}_+.,-])(?:\\(\\d{3}\\) ?\\d{3}[ .-]\\d{4}"
                                    + "|\\d{3}([.-])\\d{3}\\1\\d{4}|0\\d{1,4}[ /-]\\d{3,4}["
                                    + " -]?\\d{3,5})(?![\\p{L}\\p{N}_-]|[.,]\\d)",
                            found -> true),
                    rule(
                            "[SECRET]",
                            Start.run(LETTERS + DIGITS + "+_-", 32),
                            "(?<![\\p{L}\\p{N}_+/=.-])[A-Za-z0-9+_-]{32,}+={0,2}"
                                    + "(?![\\p{L}\\p{N}_+/=-])",
                            Redaction::drawn));

    private Redaction() {}

    private static Rule rule(
            String placeholder, Start start, String pattern, Predicate<String> holds) {
        return new Rule(placeholder, start, Pattern.compile(pattern), checked(holds), false);
    }

    private static End checked(Predicate<String> holds) {
        return (text, start, end) -> holds.test(text.substring(start, end)) ? end : -1;
    }

    /**
     * The text with placeholders for what was found. Takes time in proportion to its length: no
     * pattern tries more than a bounded number of ways, or looks at a long text twice.
     */
    public static String of(String text) {
        String result = text;
        for (Rule rule : RULES) {
            result = of(rule, result);
        }
        return result;
    }

    private static String of(Rule rule, String text) {
        Matcher matcher = Start.within(rule.pattern(), text);
        StringBuilder out = new StringBuilder();
        int from = 0;
        int at = rule.start().from(text, 0);
        while (at >= 0) {
            boolean found = matcher.region(at, text.length()).lookingAt();
            int end = found ? rule.end().of(text, at, matcher.end()) : -1;
            if (end > at) {
                out.append(text, from, at).append(rule.placeholder());
                from = end;
            }
            int next = end > at ? end : found && rule.whole() ? matcher.end() : at + 1;
            at = rule.start().from(text, next);
        }
        return from == 0 ? text : out.append(text, from, text.length()).toString();
    }

    /** Whether a number or word may end here. */
    static boolean endsAt(String text, int end) {
        if (end == text.length()) {
            return true;
        }
        int next = text.codePointAt(end);
        return !Character.isLetterOrDigit(next) && next != '_';
    }

    /**
     * Up to the last at sign of the part that names the host. Where a password is written as it is,
     * there may be slashes and at signs in it: then up to the last one there is.
     */
    private static int credentials(String text, int start, int end) {
        // of this piece alone: looking further would make a long text slow
        String piece = text.substring(start, end);
        int host = 0;
        while (host < piece.length() && "/?#".indexOf(piece.charAt(host)) < 0) {
            host++;
        }
        int sign = piece.lastIndexOf('@', host - 1);
        if (sign < 0) {
            int colon = piece.indexOf(':');
            boolean port =
                    colon < 0
                            || colon >= host
                            || piece.substring(colon + 1, host).chars().allMatch(c -> isDigit(c));
            sign = port ? -1 : piece.lastIndexOf('@');
        }
        return sign < 0 ? -1 : start + sign;
    }

    /** A value that is set: up to the next parameter, where it stands among those of an address. */
    private static int value(String text, int start, int end) {
        int to = end;
        int most = Math.min(text.length(), end + 200);
        while (to < most
                && " \t\r\n\"'[]<>".indexOf(text.charAt(to)) < 0
                && !(text.charAt(to) == '&'
                        && NEXT_PARAMETER.matcher(text).region(to, text.length()).lookingAt())) {
            to++;
        }
        String found = text.substring(start, to);
        return found.length() >= 8 && mixed(found) ? to : -1;
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    static String digits(String text) {
        StringBuilder digits = new StringBuilder(text.length());
        text.chars().filter(c -> isDigit(c)).forEach(c -> digits.append((char) c));
        return digits.toString();
    }

    /**
     * ISO/IEC 7812: thirteen to nineteen digits, the first a card issuer's, the last a check. What
     * follows in the same way may be something else, a date or a code: shorter ones are tried too.
     */
    private static int card(String text, int start, int end) {
        if (text.charAt(start) < '2' || text.charAt(start) > '6') {
            return -1;
        }
        for (int to = end; to > start; to--) {
            boolean last = to == end;
            if (isDigit(text.charAt(to - 1))
                    && endsAt(text, to)
                    && !(last && text.startsWith("-", to))
                    && !(to + 1 < text.length()
                            && ".,".indexOf(text.charAt(to)) >= 0
                            && isDigit(text.charAt(to + 1)))) {
                String digits = digits(text.substring(start, to));
                if (digits.length() < 13) {
                    return -1;
                }
                if (card(digits)) {
                    return to;
                }
            }
        }
        return -1;
    }

    private static boolean card(String digits) {
        if (digits.chars().distinct().count() < 2) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int counted = i % 2 == 1 ? 2 * digit : digit;
            sum += counted > 9 ? counted - 9 : counted;
        }
        return sum % 10 == 0;
    }

    /** Not a version, and not an address that is the same on every machine. */
    private static boolean address(String found) {
        return !found.startsWith("127.")
                && !found.startsWith("0.")
                && !found.equals("255.255.255.255")
                && !found.matches("(?:\\d\\.){3}\\d");
    }

    private static boolean longAddress(String found) {
        int gap = found.indexOf("::");
        if (found.length() < 7
                || found.length() > 39
                || (gap >= 0 && found.indexOf("::", gap + 1) >= 0)) {
            return false;
        }
        String[] groups = found.split(":", -1);
        long colons = groups.length - 1L;
        return (gap >= 0 ? colons >= 3 && colons <= 7 : colons == 7)
                && Stream.of(groups).allMatch(group -> group.length() <= 4);
    }

    private static boolean phone(String found) {
        int count = digits(found.startsWith("00") ? found.substring(2) : found).length();
        return count >= 8 && count <= 15;
    }

    /** Letters and digits together: a value, and not the next word of a sentence. */
    private static boolean mixed(String found) {
        return found.chars().anyMatch(Character::isDigit)
                && found.chars().anyMatch(Character::isLetter);
    }

    /**
     * A long string of upper and lower case and digits in no order. Hexadecimal ones stay: they are
     * digests and ids mostly, and so do names of identifiers.
     */
    private static boolean drawn(String found) {
        if (found.toLowerCase(Locale.ROOT).matches("[0-9a-f-]+")) {
            return false;
        }
        long digits = found.chars().filter(c -> c >= '0' && c <= '9').count();
        long upper = found.chars().filter(c -> c >= 'A' && c <= 'Z').count();
        long lower = found.chars().filter(c -> c >= 'a' && c <= 'z').count();
        if (digits < 2 || upper < 4 || lower < 4) {
            return false;
        }
        int changes = 0;
        for (int i = 1; i < found.length(); i++) {
            if (kind(found.charAt(i)) != kind(found.charAt(i - 1))) {
                changes++;
            }
        }
        // words joined together change once in four to eight letters, what is drawn every other one
        return changes * 3 >= found.length();
    }

    private static int kind(char c) {
        return c >= '0' && c <= '9' ? 0 : c >= 'a' && c <= 'z' ? 1 : c >= 'A' && c <= 'Z' ? 2 : 3;
    }
}
