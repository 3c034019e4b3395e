package io.demur.record.keys;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The public half of the key that names of reporters are sealed with: whoever has it can seal, and
 * open nothing. The other half lies beside it where the two were made, and is meant to be moved
 * away.
 *
 * <p>Each name is sealed with a key pair of its own, as in ECIES (SEC 1, section 5.1): X25519 (RFC
 * 7748) of that pair and this key, HKDF-SHA-256 over both public halves, AES-256-GCM. Lengths are
 * rounded up, so that they do not tell one name from another. Immutable.
 */
public final class ReportersKey {

    /** The file of the public half. */
    public static final String PUBLIC = "reporters.pub";

    /** The file of the private half: for its owner alone, PKCS#8 in PEM below its public half. */
    public static final String PRIVATE = "reporters.key";

    private static final byte VERSION = 1;
    private static final int FILE_BYTES_MAX = 4_096;
    private static final int PUBLIC_BYTES = 44;
    private static final int ID_BYTES = 4;
    private static final int TAG_BITS = 128;
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int BLOCK_BYTES = 256;
    private static final String HEADER = "Public: ";
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";

    private final PublicKey key;

    private ReportersKey(PublicKey key) {
        this.key = key;
    }

    /**
     * That of an installation; both halves are made where there is no public one yet.
     *
     * @param folder with the installation's keys
     */
    public static ReportersKey of(Path folder) throws IOException {
        Path file = folder.resolve(PUBLIC);
        if (!Files.exists(file)) {
            KeyLock lock = new KeyLock(folder.resolve(".lock"));
            boolean first = lock.take(KeyLock.WAIT);
            try {
                if (first && !Files.exists(file)) {
                    make(new KeyFolder(folder));
                }
            } finally {
                lock.leave();
            }
        }
        return new ReportersKey(publicHalf(file, header(read(file), file)));
    }

    /** A private half that has no public one beside it comes of a process that was killed. */
    private static void make(KeyFolder folder) throws IOException {
        Path secret = folder.path().resolve(PRIVATE);
        String text;
        if (Files.exists(secret)) {
            text = header(read(secret), secret);
        } else {
            KeyPair pair = pair();
            text = Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
            byte[] file =
                    """
                    Names of reporters are opened with this file and nothing else.
                    %s%s
                    %s
                    %s
                    %s
                    """
                            .formatted(
                                    HEADER,
                                    text,
                                    BEGIN,
                                    Base64.getEncoder()
                                            .encodeToString(pair.getPrivate().getEncoded()),
                                    END)
                            .getBytes(StandardCharsets.UTF_8);
            folder.write(PRIVATE, file, true);
        }
        folder.write(PUBLIC, (HEADER + text + "\n").getBytes(StandardCharsets.UTF_8), false);
    }

    private static KeyPair pair() {
        try {
            return KeyPairGenerator.getInstance("X25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw everyJdk(e);
        }
    }

    /** Eight hexadecimal digits by which the two halves are known to belong together. */
    public String id() {
        return HexFormat.of().formatHex(id(key));
    }

    /**
     * Seals something.
     *
     * @param of what it belongs to: it opens as part of nothing else
     */
    public byte[] seal(String of, byte[] bytes) {
        KeyPair once = pair();
        byte[] head =
                ByteBuffer.allocate(1 + ID_BYTES + PUBLIC_BYTES)
                        .put(VERSION)
                        .put(id(key))
                        .put(once.getPublic().getEncoded())
                        .array();
        int length = Integer.BYTES + bytes.length;
        byte[] padded = new byte[(length + BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES];
        ByteBuffer.wrap(padded).putInt(bytes.length).put(bytes);
        try {
            byte[] sealed =
                    crypt(
                            Cipher.ENCRYPT_MODE,
                            shared(once.getPrivate(), key),
                            once.getPublic(),
                            key,
                            of,
                            padded);
            return ByteBuffer.allocate(head.length + sealed.length).put(head).put(sealed).array();
        } catch (GeneralSecurityException e) {
            throw everyJdk(e);
        } finally {
            Arrays.fill(padded, (byte) 0);
        }
    }

    /**
     * Opens what was sealed, with the private half.
     *
     * @param file of the private half, wherever it is kept
     * @param of what it belongs to
     * @throws IOException where the file is none, is open to others, or is that of another key
     */
    public static byte[] open(Path file, String of, byte[] sealed) throws IOException {
        KeyFolder.checkClosed(file, "600", "make a new pair: move both halves away");
        String text = read(file);
        PublicKey own = publicHalf(file, header(text, file));
        int head = 1 + ID_BYTES + PUBLIC_BYTES;
        if (sealed.length < head || sealed[0] != VERSION) {
            throw new IOException("what is sealed there is no name of a reporter");
        }
        byte[] id = Arrays.copyOfRange(sealed, 1, 1 + ID_BYTES);
        if (!Arrays.equals(id, id(own))) {
            throw new IOException(
                    "the name is sealed for the key `%s`, and `%s` is the key `%s`"
                            .formatted(
                                    HexFormat.of().formatHex(id),
                                    file,
                                    HexFormat.of().formatHex(id(own))));
        }
        try {
            PublicKey once =
                    factory()
                            .generatePublic(
                                    new X509EncodedKeySpec(
                                            Arrays.copyOfRange(sealed, 1 + ID_BYTES, head)));
            byte[] padded =
                    crypt(
                            Cipher.DECRYPT_MODE,
                            shared(secret(text, file), once),
                            once,
                            own,
                            of,
                            Arrays.copyOfRange(sealed, head, sealed.length));
            int length = ByteBuffer.wrap(padded).getInt();
            return Arrays.copyOfRange(padded, Integer.BYTES, Integer.BYTES + length);
        } catch (AEADBadTagException e) {
            throw new IOException("the name was changed since it was sealed, or is another's", e);
        } catch (GeneralSecurityException e) {
            throw new IOException("what is sealed there cannot be opened", e);
        }
    }

    private static byte[] shared(PrivateKey mine, PublicKey theirs)
            throws GeneralSecurityException {
        KeyAgreement agreement = KeyAgreement.getInstance("X25519");
        agreement.init(mine);
        agreement.doPhase(theirs, true);
        return agreement.generateSecret();
    }

    /** A key for each sealing: so the nonce comes with it, and is never used twice. */
    private static byte[] crypt(
            int mode, byte[] shared, PublicKey once, PublicKey key, String of, byte[] text)
            throws GeneralSecurityException {
        byte[] salt =
                ByteBuffer.allocate(2 * PUBLIC_BYTES)
                        .put(once.getEncoded())
                        .put(key.getEncoded())
                        .array();
        byte[] info = ("demur reporter v1\0" + of).getBytes(StandardCharsets.UTF_8);
        byte[] derived = Hkdf.derive(salt, shared, info, KEY_BYTES + NONCE_BYTES);
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                    mode,
                    new SecretKeySpec(derived, 0, KEY_BYTES, "AES"),
                    new GCMParameterSpec(TAG_BITS, derived, KEY_BYTES, NONCE_BYTES));
            return cipher.doFinal(text);
        } finally {
            Arrays.fill(derived, (byte) 0);
            Arrays.fill(shared, (byte) 0);
        }
    }

    private static byte[] id(PublicKey key) {
        try {
            return Arrays.copyOf(
                    MessageDigest.getInstance("SHA-256").digest(key.getEncoded()), ID_BYTES);
        } catch (GeneralSecurityException e) {
            throw everyJdk(e);
        }
    }

    private static PublicKey publicHalf(Path file, String base64) throws IOException {
        try {
            return factory()
                    .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            throw new IOException("`%s` is no key of reporters".formatted(file), e);
        }
    }

    private static PrivateKey secret(String text, Path file) throws IOException {
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IOException("`%s` has no block `PRIVATE KEY`".formatted(file));
        }
        try {
            byte[] pkcs8 =
                    Base64.getMimeDecoder().decode(text.substring(begin + BEGIN.length(), end));
            return factory().generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            throw new IOException("`%s` is no key of reporters".formatted(file), e);
        }
    }

    private static KeyFactory factory() throws GeneralSecurityException {
        return KeyFactory.getInstance("X25519");
    }

    private static String read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(FILE_BYTES_MAX), StandardCharsets.UTF_8);
        }
    }

    private static String header(String text, Path file) throws IOException {
        Optional<String> found =
                text.lines()
                        .filter(line -> line.startsWith(HEADER))
                        .map(line -> line.substring(HEADER.length()).strip())
                        .findFirst();
        return found.orElseThrow(
                () -> new IOException("`%s` has no line `%s…`".formatted(file, HEADER)));
    }

    private static IllegalStateException everyJdk(GeneralSecurityException e) {
        return new IllegalStateException("every JDK has X25519 and AES-GCM", e);
    }

    /** Names the key. */
    @Override
    public String toString() {
        return "reporters' key `%s`".formatted(id());
    }
}
