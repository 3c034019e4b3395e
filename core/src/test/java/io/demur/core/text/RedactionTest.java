package io.demur.core.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.demur.testkit.Property;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "write to ada.lovelace+x@mail.example.co.uk, please.|write to [EMAIL], please.",
                "mail müller@bücher.example!|mail [EMAIL]!",
                "mail 𐐀𐐀𐐀𐐀𐐀𐐀𐐀𐐀𐐀𐐀𐐀𐐀𐐀𐐀𐐀𐐀𐐀𐐀𐐀𐐀𐐀𐐀𐐀𐐀𐐀𐐀𐐀𐐀𐐀𐐀𐐀𐐀𐐀𐐀𐐀𐐀𐐀𐐀𐐀𐐀@example.com!|mail"
                    + " [EMAIL]!",
                "call +49 30 1234 5678 today|call [PHONE] today",
                "call (555) 123-4567 or 555-123-4567|call [PHONE] or [PHONE]",
                "ring 020 7946 0958.|ring [PHONE].",
                "card 4111 1111 1111 1111 ok|card [CARD] ok",
                "card 5500-0000-0000-0004.|card [CARD].",
                "pay to DE89 3704 0044 0532 0130 00 now|pay to [IBAN] now",
                "GB82WEST12345698765432|[IBAN]",
                "from 203.0.113.77 at noon|from [IP] at noon",
                "from 2001:db8::ff00:42:8329 at noon|from [IP] at noon",
                "postgres://app:hunter2@db.example.org/x|postgres://[CREDENTIALS]@db.example.org/x",
                "key sk-proj-abcdefghijklmnop1234567890 here|key [SECRET] here",
                "ghp_abcdefghijklmnopqrstuvwxyz0123456789|[SECRET]",
                "AKIAIOSFODNN7EXAMPLE|[SECRET]",
                "password: Tr0ub4dor&3 works|password: [SECRET] works",
                "ssn 123-45-6789.|ssn [NATIONAL_ID].",
                "NI number AB 12 34 56 C|NI number [NATIONAL_ID]",
                "DNI 12345678Z|DNI [NATIONAL_ID]",
                "CPF 529.982.247-25|CPF [NATIONAL_ID]",
                "aB3dE5gH7jK9mN1pQ3rS5tU7vW9xY1zA|[SECRET]",
            })
    void takesOut(String text, String expected) {
        assertEquals(expected, Redaction.of(text));
        assertEquals(expected, Redaction.of(expected), "once is enough");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "card 4111 1111 1111 1111 123 thanks|card [CARD] 123 thanks",
                "4111 1111 1111 1111 12/27 cvv|[CARD] 12/27 cvv",
                "4111111111111111 12/27|[CARD] 12/27",
                "4111-1111-1111-1111 03-28|[CARD] 03-28",
                "ref 1234 4111 1111 1111 1111.|ref 1234 [CARD].",
                "IBAN ES91 2100 0418 4502 0005 1332 EUR 50|IBAN [IBAN] EUR 50",
                "IBAN BE68 5390 0754 7034 BIC KREDBEBB|IBAN [IBAN] BIC KREDBEBB",
                "pay to NL91 ABNA 0417 1643 00 on|pay to [IBAN] on",
                "DE89 3704 0044 0532 0130 00 NOW|[IBAN] NOW",
                "de89370400440532013000|[IBAN]",
                "Authorization: Bearer 9f86d081884c7d659a2f|Authorization: Bearer [SECRET]",
                "authorization: Basic dXNlcjpwYXNzd29yZA==|authorization: Basic [SECRET]",
                "curl -H 'x: bearer abcdef0123456789abcdef'|curl -H 'x: bearer [SECRET]'",
                "the password is hunter2secret99|the password is [SECRET]",
                "{\"password\": \"hunter2secret99\", \"api_key\":\"abcdef123456789\"}"
                        + "|{\"password\": \"[SECRET]\", \"api_key\":\"[SECRET]\"}",
                "https://x.example/?token=abc123def456&page=2|"
                        + "https://x.example/?token=[SECRET]&page=2",
                "postgres://u:pa/ss1@db/x|postgres://[CREDENTIALS]@db/x",
                "https://user:p@ssw0rd@host/x|https://[CREDENTIALS]@host/x",
                "https://abcdef012345@host/x|https://[CREDENTIALS]@host/x",
                "see https://host:8080/@ada and https://host/@ada"
                        + "|see https://host:8080/@ada and https://host/@ada",
                "2001:db8::1 and 2001:db8::8a2e:370:7334|[IP] and [IP]",
                "\"-----BEGIN PRIVATE KEY-----\\nMIIEvQ\\n-----END PRIVATE KEY-----\\n\""
                        + "|\"[PRIVATE_KEY]\\n\"",
                "a -----BEGIN RSA PRIVATE KEY----- is a line; this is not"
                        + "|a -----BEGIN RSA PRIVATE KEY----- is a line; this is not",
            })
    void takesOutWhatStandsAmongOtherThings(String text, String expected) {
        assertEquals(expected, Redaction.of(text));
        assertEquals(expected, Redaction.of(expected), "once is enough");
    }

    @Test
    void aSecretOfAnyLengthIsTakenOutWhole() {
        assertEquals("token=[SECRET] end", Redaction.of("token=" + "a1".repeat(5_000) + " end"));
        assertEquals("[SECRET]", Redaction.of("sk-" + "aB3".repeat(3_000)));
        String key = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQ\n".repeat(900);
        assertEquals(
                "[PRIVATE_KEY]!",
                Redaction.of("-----BEGIN PRIVATE KEY-----\n" + key + "-----END PRIVATE KEY-----!"));
    }

    @ParameterizedTest
    @Timeout(20)
    @ValueSource(
            strings = {
                "a:aaaaaaaaaaaaaaaaaaaaaaaaaaaag ",
                "a:",
                "a:a::",
                "-----BEGIN PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----A-----END ",
                "-eyJaaaaaaaa",
                ".eyJaaaaaaaa",
                "-sk-aaaaaaaa",
                "://a:a",
                "://a@",
                "a.",
                "a@a.",
                "DE89 3704 ",
                "DE89370400440532013001 ",
                "4111 ",
                "4 ",
                "4-",
                "token=",
                "password is ",
                "authorization: bearer ",
                "+1 ",
                "0 0/",
                "aB3",
                "\"",
            })
    void hostileTextsOfAQuarterOfAMebibyteDoNotHoldUp(String unit) {
        String text = unit.repeat((256 << 10) / unit.length());
        String once = Redaction.of(text);
        assertEquals(once, Redaction.of(once));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "In 2024 the 3 largest of 1,234,567 came to 12.5 % (see 4.3.2).",
                "version 1.2.3.4 and 10.0 are out",
                "localhost is 127.0.0.1, which is no secret",
                "order 4111 1111 1111 1112 has no check digit",
                "ISBN 978-3-16-148410-0",
                "sum 1234567890123456789012345",
                "at 12:30:45 on 2026-11-21T12:30:45Z",
                "DE00 1234 5678 9012 3456 78 is no account",
                "the password is a word; passwords: see below",
                "sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                "id 018f2f6e-7b1a-7c3d-9e4f-5a6b7c8d9e0f",
                "AbstractSingletonProxyFactoryBeanFactoryAwareInterface2024Xy",
                "see https://example.org/a/b?x=1&y=2 and a::b::c in Rust",
                "user@host, @ada and a @ b",
                "999-12-3456 and 000-12-3456 are nobody's",
                "111.111.111-11 is nobody's",
                "mac 00:1a:2b:3c:4d:5e",
                "1+1=2, -5 + 3, 100-200-300",
            })
    void leavesAlone(String text) {
        assertEquals(text, Redaction.of(text));
    }

    @Test
    void takesAnyTextAndIsDoneAfterOnce() {
        Property.check(
                300,
                gen -> {
                    String once = Redaction.of(gen.text(60));
                    assertEquals(once, Redaction.of(once));
                });
    }

    @Test
    void longTextsOfOneKindDoNotTakeLong() {
        for (String piece : new String[] {"1", "a", "A1", "1 ", "a.", "a@", "+1", "::", "eyJa."}) {
            String text = piece.repeat(20_000);
            assertEquals(true, Redaction.of(text).length() <= text.length());
        }
    }
}
