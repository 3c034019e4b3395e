package io.demur.log.note;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;

/**
 * One signature line of a note: {@code — <name> <base64 of key id and signature>}.
 *
 * @param keyId the first four bytes
 * @param bytes the signature after the key id; not copied, not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // compared by the methods below
public record NoteSignature(String name, int keyId, byte[] bytes) {

    /** The line, with the newline that ends it. */
    public String line() {
        byte[] all = ByteBuffer.allocate(4 + bytes.length).putInt(keyId).put(bytes).array();
        return "\u2014 " + name + " " + Base64.getEncoder().encodeToString(all) + "\n";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NoteSignature that
                && name.equals(that.name)
                && keyId == that.keyId
                && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + keyId;
    }
}
