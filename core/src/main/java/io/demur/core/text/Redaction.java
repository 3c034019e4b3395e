package io.demur.core.text;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    /** One kind of thing: how it looks, and what must hold of it besides. */
    private record Rule(String placeholder, Pattern pattern, Predicate<String> holds) {}

    private static final String NO_WORD_BEFORE = "(?<![\\p{L}\\p{N}_])";
    private static final String NO_WORD_AFTER = "(?![\\p{L}\\p{N}_])";

    // in this order: what an earlier one took, a later one does not see
    private static final List<Rule> RULES =
            List.of(
                    rule(
                            "[PRIVATE_KEY]",
                            "-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[A-Za-z0-9+/=\\s:,-]{0,20000}?"
                                    + "(?:-----END [A-Z ]{0,30}PRIVATE KEY-----|\\z)",
                            found -> true),
                    // what stands before the at sign of an address with a scheme
                    rule(
                            "[CREDENTIALS]",
                            "(?<=://)[^\\s/@:\\[\\]]{1,200}:[^\\s/@]{1,200}(?=@)",
                            x -> true),
                    rule(
                            "[EMAIL]",
                            "(?<![\\p{L}\\p{N}._%+-])[\\p{L}\\p{N}._%+-]{1,64}@"
                                + "(?:[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]{0,62})\\.){1,8}\\p{L}{2,24}"
                                + "(?![\\p{L}\\p{N}])",
                            found -> true),
                    rule(
                            "[SECRET]",
                            NO_WORD_BEFORE
                                    + "(?:sk-(?:[a-z]{2,10}\\d{0,2}-)?[A-Za-z0-9_-]{20,200}"
                                    + "|(?:sk|pk|rk)_(?:live|test)_[A-Za-z0-9]{16,200}"
                                    + "|gh[pousr]_[A-Za-z0-9]{30,255}"
                                    + "|github_pat_[A-Za-z0-9_]{30,255}|glpat-[A-Za-z0-9_-]{20,64}"
                                    + "|hf_[A-Za-z0-9]{30,64}|xox[abeprs]-[A-Za-z0-9-]{10,200}"
                                    + "|(?:AKIA|ASIA)[A-Z0-9]{16}|AIza[A-Za-z0-9_-]{35}"
                                    + "|eyJ[A-Za-z0-9_-]{8,2000}\\.eyJ[A-Za-z0-9_-]{8,8000}"
                                    + "\\.[A-Za-z0-9_-]{8,2000})"
                                    + NO_WORD_AFTER,
                            found -> true),
                    rule(
                            "[SECRET]",
                            "(?<=(?i:password|passwd|pwd|secret|token|api[_-]?key|bearer)"
                                    + "\\s?[:=]\\s?[\"']?)"
                                    + "[^\\s\"'\\[\\]<>]{8,200}",
                            Redaction::mixed),
                    rule(
                            "[IBAN]",
                            NO_WORD_BEFORE
                                    + "[A-Z]{2}\\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?"
                                    + NO_WORD_AFTER,
                            Redaction::iban),
                    rule(
                            "[CARD]",
                            "(?<![\\p{L}\\p{N}_.,-])\\d(?:["
                                    + " -]?\\d){12,18}(?![\\p{L}\\p{N}_-]|[.,]\\d)",
                            Redaction::card),
                    rule(
                            "[NATIONAL_ID]",
                            NO_WORD_BEFORE + "\\d{3}-\\d{2}-\\d{4}" + NO_WORD_AFTER,
                            Redaction::american),
                    rule(
                            "[NATIONAL_ID]",
                            NO_WORD_BEFORE
                                    + "(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]"
                                    + " ?\\d{2} ?\\d{2} ?\\d{2} ?[A-D]"
                                    + NO_WORD_AFTER,
                            found -> true),
                    rule(
                            "[NATIONAL_ID]",
                            NO_WORD_BEFORE
                                    + "[12] ?\\d{2} ?(?:0[1-9]|1[0-2]) ?(?:\\d{2}|2[AB]) ?\\d{3}"
                                    + " ?\\d{3} ?\\d{2}"
                                    + NO_WORD_AFTER,
                            Redaction::french),
                    rule(
                            "[NATIONAL_ID]",
                            NO_WORD_BEFORE + "\\d{8}-?[A-HJ-NP-TV-Z]" + NO_WORD_AFTER,
                            Redaction::spanish),
                    rule(
                            "[NATIONAL_ID]",
                            NO_WORD_BEFORE + "\\d{3}\\.\\d{3}\\.\\d{3}-\\d{2}" + NO_WORD_AFTER,
                            Redaction::brazilian),
                    rule(
                            "[IP]",
                            "(?<![\\p{L}\\p{N}_.-])(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.){3}"
                                    + "(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?![\\p{L}\\p{N}_-]|\\.\\d)",
                            Redaction::address),
                    rule(
                            "[IP]",
                            "(?<![\\p{L}\\p{N}_:.])(?:[0-9A-Fa-f]{1,4}:){1,7}(?:[0-9A-Fa-f]{1,4}|:)"
                                    + "(?::?[0-9A-Fa-f]{1,4}){0,7}(?![\\p{L}\\p{N}_:])",
                            Redaction::longAddress),
                    rule(
                            "[PHONE]",
                            "(?<![\\p{L}\\p{N}_+])(?:\\+|00)[1-9]\\d{0,2}(?:[ .()/-]{0,2}\\d){6,13}"
                                    + "(?![\\p{L}\\p{N}_-])",
                            Redaction::phone),
                    rule(
                            "[PHONE]",
                            "(?<![\\p{L}\\p{N}_+.,-])(?:\\(\\d{3}\\) ?\\d{3}[ .-]\\d{4}"
                                    + "|\\d{3}([.-])\\d{3}\\1\\d{4}|0\\d{1,4}[ /-]\\d{3,4}["
                                    + " -]?\\d{3,5})(?![\\p{L}\\p{N}_-]|[.,]\\d)",
                            found -> true),
                    rule(
                            "[SECRET]",
                            "(?<![\\p{L}\\p{N}_+/=.-])[A-Za-z0-9+_-]{32,400}={0,2}"
                                    + "(?![\\p{L}\\p{N}_+/=-])",
                            Redaction::drawn));

    private Redaction() {}

    private static Rule rule(String placeholder, String pattern, Predicate<String> holds) {
        return new Rule(placeholder, Pattern.compile(pattern), holds);
    }

    /** The text with placeholders for what was found. */
    public static String of(String text) {
        String result = text;
        for (Rule rule : RULES) {
            Matcher matcher = rule.pattern().matcher(result);
            if (!matcher.find()) {
                continue;
            }
            StringBuilder out = new StringBuilder(result.length());
            int from = 0;
            do {
                if (rule.holds().test(matcher.group())) {
                    out.append(result, from, matcher.start()).append(rule.placeholder());
                    from = matcher.end();
                }
            } while (matcher.find());
            result = out.append(result, from, result.length()).toString();
        }
        return result;
    }

    private static String digits(String text) {
        return text.replaceAll("\\D", "");
    }

    /** ISO/IEC 7812: thirteen to nineteen digits, the first a card issuer's, the last a check. */
    private static boolean card(String found) {
        String digits = digits(found);
        if (!"23456".contains(digits.substring(0, 1)) || digits.chars().distinct().count() < 2) {
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

    /** ISO 13616: moved round and read as a number, it leaves 1 when divided by 97. */
    private static boolean iban(String found) {
        String bare = found.replace(" ", "");
        if (bare.length() < 15 || bare.length() > 34) {
            return false;
        }
        StringBuilder number = new StringBuilder();
        for (char c : (bare.substring(4) + bare.substring(0, 4)).toCharArray()) {
            number.append(Character.digit(c, 36));
        }
        return new BigInteger(number.toString()).mod(BigInteger.valueOf(97)).intValueExact() == 1;
    }

    private static boolean american(String found) {
        String area = found.substring(0, 3);
        return !area.equals("000")
                && !area.equals("666")
                && area.charAt(0) != '9'
                && !found.startsWith("00", 4)
                && !found.endsWith("0000");
    }

    private static boolean french(String found) {
        String bare = found.replace(" ", "").replace("2A", "19").replace("2B", "18");
        long number = Long.parseLong(bare.substring(0, 13));
        return 97 - number % 97 == Long.parseLong(bare.substring(13));
    }

    private static boolean spanish(String found) {
        int number = Integer.parseInt(found.substring(0, 8));
        return "TRWAGMYFPDXBNJZSQVHLCKE".charAt(number % 23) == found.charAt(found.length() - 1);
    }

    private static boolean brazilian(String found) {
        String digits = digits(found);
        return digits.chars().distinct().count() > 1
                && brazilianCheck(digits, 9) == digits.charAt(9)
                && brazilianCheck(digits, 10) == digits.charAt(10);
    }

    private static char brazilianCheck(String digits, int count) {
        int sum = 0;
        for (int i = 0; i < count; i++) {
            sum += (count + 1 - i) * (digits.charAt(i) - '0');
        }
        return (char) ('0' + sum * 10 % 11 % 10);
    }

    /** Not a version, and not an address that is the same on every machine. */
    private static boolean address(String found) {
        return !found.startsWith("127.")
                && !found.startsWith("0.")
                && !found.equals("255.255.255.255")
                && !found.matches("(?:\\d\\.){3}\\d");
    }

    private static boolean longAddress(String found) {
        boolean shortened = found.contains("::");
        long groups = found.chars().filter(c -> c == ':').count();
        return (shortened ? groups >= 3 : groups == 7) && found.length() > 6;
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
