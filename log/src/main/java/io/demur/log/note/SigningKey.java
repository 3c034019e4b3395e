package io.demur.log.note;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;

/** A key that signs notes, and its public half. Safe for use by several threads. */
public final class SigningKey {

    private final VerifierKey verifier;
    private final PrivateKey key;

    /**
     * A key for notes.
     *
     * @param name the name in the signature lines; for a log its origin
     * @throws IllegalArgumentException for another kind of key than Ed25519
     */
    public SigningKey(String name, PublicKey publicKey, PrivateKey key) {
        this.verifier = VerifierKey.of(name, VerifierKey.Type.ED25519, publicKey);
        this.key = key;
    }

    /** The public half. */
    public VerifierKey verifier() {
        return verifier;
    }

    /** Signs a note's text (which ends in a newline, and which the signature covers as a whole). */
    public NoteSignature sign(byte[] text) {
        return new NoteSignature(verifier.name(), verifier.id(), signature(text));
    }

    /** The 64 bytes of a bare Ed25519 signature. */
    byte[] signature(byte[] message) {
        try {
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(key);
            signer.update(message);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key `%s` cannot sign".formatted(verifier), e);
        }
    }

    /** Names the key, never shows it. */
    @Override
    public String toString() {
        return "signing key of " + verifier;
    }
}
