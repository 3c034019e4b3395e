package io.demur.log;

import io.demur.log.journal.Disk;
import io.demur.log.merkle.Merkle;
import io.demur.log.note.SigningKey;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionException;

/**
 * The program that the tests kill, starve and lie to: appends from several threads, and says of
 * each entry that it was acknowledged, of each checkpoint that it was signed.
 */
final class Victim {

    static final long SEGMENT_BYTES = 64 << 10;

    private Victim() {}

    /**
     * @param arguments the folder that holds {@code log}, {@code key} and {@code anchor}; how many
     *     threads; how many entries each appends at most
     */
    public static void main(String[] arguments) throws Exception {
        Path root = Path.of(arguments[0]);
        int threads = Integer.parseInt(arguments[1]);
        int appends = Integer.parseInt(arguments[2]);
        say("start");
        Log log;
        try {
            log = Log.open(settings(root), new Disk(), SEGMENT_BYTES);
        } catch (LogRefused e) {
            say("refused " + e.getMessage());
            Runtime.getRuntime().halt(4);
            return;
        } catch (IOException e) {
            say("unopened " + e.getMessage());
            Runtime.getRuntime().halt(5);
            return;
        }
        say("open " + log.size());
        sayHead(log);
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            callers.add(Thread.ofPlatform().start(() -> call(log, appends)));
        }
        for (Thread caller : callers) {
            caller.join();
        }
        try {
            log.close();
            say("closed " + log.size());
        } catch (IOException e) {
            say("unclosed " + e.getMessage());
        }
    }

    private static void call(Log log, int appends) {
        SplittableRandom random = new SplittableRandom();
        for (int i = 0; i < appends; i++) {
            List<byte[]> batch = new ArrayList<>();
            for (int k = random.nextInt(1, random.nextInt(20) == 0 ? 300 : 4); k > 0; k--) {
                byte[] entry = new byte[random.nextInt(0, random.nextInt(9) == 0 ? 2000 : 200)];
                random.nextBytes(entry);
                batch.add(entry);
            }
            try {
                long index = log.append(batch).join();
                StringBuilder said = new StringBuilder();
                for (byte[] entry : batch) {
                    said.append("ack ").append(index++).append(' ');
                    said.append(Merkle.leaf(entry)).append('\n');
                }
                say(said.substring(0, said.length() - 1));
                if (random.nextInt(20) == 0) {
                    sayHead(log);
                }
            } catch (CompletionException e) {
                say("failed " + e.getCause());
                if (e.getCause() instanceof LogBroken) {
                    awaitHalt();
                }
            }
        }
    }

    /**
     * A thread of its own is told that the log is broken, and halts the process; who goes on here
     * could end it before that thread has said so.
     */
    private static void awaitHalt() {
        try {
            Thread.sleep(Duration.ofSeconds(30));
            say("nobody was told that the log is broken");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void sayHead(Log log) {
        TreeHead head = log.checkpoint().head();
        say("head " + head.size() + " " + head.root().base64());
    }

    private static synchronized void say(String line) {
        try {
            // no buffer: what was said is out when the process is killed
            @SuppressWarnings("resource")
            OutputStream out = new FileOutputStream(FileDescriptor.out);
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            Runtime.getRuntime().halt(6);
        }
    }

    /** The settings of the log in a folder; who is told that it is broken says so and halts. */
    static LogSettings settings(Path root) throws IOException {
        return new LogSettings(
                root.resolve("log"),
                key(root),
                List.of(new FileAnchor(root.resolve("anchor"))),
                Duration.ofMillis(20),
                broken -> {
                    say("broken " + broken.getMessage());
                    Runtime.getRuntime().halt(3);
                });
    }

    /** The key that lies in the folder; it is made where there is none. */
    static SigningKey key(Path root) throws IOException {
        Path file = root.resolve("key");
        try {
            if (Files.notExists(file)) {
                KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
                Base64.Encoder encoder = Base64.getEncoder();
                Files.writeString(
                        file,
                        encoder.encodeToString(pair.getPublic().getEncoded())
                                + "\n"
                                + encoder.encodeToString(pair.getPrivate().getEncoded()));
            }
            List<String> lines = Files.readAllLines(file);
            KeyFactory factory = KeyFactory.getInstance("Ed25519");
            Base64.Decoder decoder = Base64.getDecoder();
            return new SigningKey(
                    Naive.ORIGIN,
                    factory.generatePublic(new X509EncodedKeySpec(decoder.decode(lines.get(0)))),
                    factory.generatePrivate(new PKCS8EncodedKeySpec(decoder.decode(lines.get(1)))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
