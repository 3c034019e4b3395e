package io.demur.core.text;

import java.math.BigInteger;
import java.util.Locale;

/** Finds where an IBAN ends, which its country says, and whether its check digits are right. */
final class Accounts {

    /** How long they are, by country: from the register of ISO 13616. */
    private static final String LENGTHS =
            "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18"
                    + " DO28 EE20 EG29 ES24 FI18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28"
                    + " IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25"
                    + " MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24"
                    + " RS22 SA24 SC31 SE24 SI19 SK24 SM27 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24"
                    + " XK20";

    private Accounts() {}

    /** Where the number ends that begins here; -1 where it is none. */
    static int end(String text, int start, int end) {
        int entry = LENGTHS.indexOf(text.substring(start, start + 2).toUpperCase(Locale.ROOT));
        if (entry < 0) {
            return -1;
        }
        int length = Integer.parseInt(LENGTHS.substring(entry + 2, entry + 4));
        StringBuilder bare = new StringBuilder();
        int at = start;
        while (at < end && bare.length() < length) {
            char c = text.charAt(at);
            if (c != ' ') {
                bare.append(c);
            } else if (bare.length() % 4 != 0) {
                return -1; // words, and not a number in groups
            }
            at++;
        }
        return bare.length() == length && Redaction.endsAt(text, at) && right(bare) ? at : -1;
    }

    /** ISO 13616: moved round and read as a number, it leaves 1 when divided by 97. */
    private static boolean right(CharSequence bare) {
        StringBuilder number = new StringBuilder();
        for (int i = 0; i < bare.length(); i++) {
            number.append(Character.digit(bare.charAt((i + 4) % bare.length()), 36));
        }
        return new BigInteger(number.toString()).mod(BigInteger.valueOf(97)).intValueExact() == 1;
    }
}
