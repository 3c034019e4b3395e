package io.demur.core.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SipTest {

    private static final long K0 = 0x0706050403020100L;
    private static final long K1 = 0x0f0e0d0c0b0a0908L;

    @Test
    void isSipHashAsItsAuthorsPublishedIt() {
        byte[] fifteen = new byte[15];
        for (int i = 0; i < fifteen.length; i++) {
            fifteen[i] = (byte) i;
        }
        assertEquals(0xa129ca6149be45e5L, Sip.hash(K0, K1, fifteen));
        assertEquals(0x726fdb47dd0e0e31L, Sip.hash(K0, K1, new byte[0]));
    }

    @Test
    void aTextIsHashedAsItsBytes() {
        byte[] bytes = {'p', 0, 'o', 0, 'i', 0, 's', 0, 'o', 0, 'n', 0};
        char[] text = "a poison".toCharArray();
        assertEquals(Sip.hash(K0, K1, bytes), Sip.hash(K0, K1, text, 2, 8));
    }
}
