package io.demur.core.text;

/** Which numbers of the right form can be numbers of persons, by their check digits and ranges. */
final class NationalNumbers {

    private NationalNumbers() {}

    static boolean american(String found) {
        String area = found.substring(0, 3);
        return !area.equals("000")
                && !area.equals("666")
                && area.charAt(0) != '9'
                && !found.startsWith("00", 4)
                && !found.endsWith("0000");
    }

    static boolean french(String found) {
        String bare = found.replace(" ", "").replace("2A", "19").replace("2B", "18");
        long number = Long.parseLong(bare.substring(0, 13));
        return 97 - number % 97 == Long.parseLong(bare.substring(13));
    }

    static boolean spanish(String found) {
        int number = Integer.parseInt(found.substring(0, 8));
        return "TRWAGMYFPDXBNJZSQVHLCKE".charAt(number % 23) == found.charAt(found.length() - 1);
    }

    static boolean brazilian(String found) {
        String digits = Redaction.digits(found);
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
}
