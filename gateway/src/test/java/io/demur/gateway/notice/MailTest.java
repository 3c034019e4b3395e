package io.demur.gateway.notice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.gateway.notice.Mail.Login;
import io.demur.gateway.notice.Mail.Server;
import io.demur.gateway.notice.Mail.Tls;
import io.demur.record.entry.Ids;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Mail as a server on a socket gets it. */
class MailTest {

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Notice notice =
            new Notice(
                    new Ids(InstantSource.system(), new SecureRandom()).next("run"),
                    Instant.parse("2026-03-01T12:00:00Z"),
                    Notice.Type.DRILL_ALARM,
                    "example.org/log",
                    Optional.of(
                            new Notice.About(
                                    Optional.of("m\r\n.\r\nQUIT"), "harmful", "falling", "model")),
                    "`m\r\nBcc: eve@example.com\r\n\r\n.\r\nQUIT`: harmful falling");

    /** What it offers beside what every server knows, and how it answers a recipient. */
    private String offers = "250 8BITMIME";

    private String toRecipients = "250 ok";
    private String toBob = "";
    private ServerSocket listening;

    @BeforeEach
    void start() throws IOException {
        listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    @AfterEach
    void stop() throws IOException {
        listening.close();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try (Socket socket = listening.accept()) {
                converse(socket);
            } catch (IOException e) {
                lines.add("(gone)");
            }
        }
    }

    private void converse(Socket socket) throws IOException {
        BufferedReader in =
                new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        say(socket, "220 here ESMTP");
        boolean data = false;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            lines.add(line);
            if (data) {
                if (line.equals(".")) {
                    data = false;
                    say(socket, "250 taken");
                }
            } else if (line.startsWith("EHLO")) {
                say(socket, "250-here\r\n" + offers);
            } else if (line.startsWith("RCPT")) {
                say(socket, line.contains("bob@") && !toBob.isEmpty() ? toBob : toRecipients);
            } else if (line.equals("DATA")) {
                data = true;
                say(socket, "354 go on");
            } else if (line.startsWith("AUTH")) {
                say(socket, "235 known");
            } else if (line.equals("STARTTLS")) {
                say(socket, "220 begin");
                // and then something that is no TLS
                say(socket, "250 surely");
                return;
            } else if (line.equals("QUIT")) {
                say(socket, "221 bye");
                return;
            } else {
                say(socket, "250 ok");
            }
        }
    }

    private static void say(Socket socket, String line) {
        try {
            socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Mail mail(Tls tls, Optional<Login> login) {
        return new Mail(
                new Server("127.0.0.1", listening.getLocalPort(), tls, login),
                "demur@example.org",
                List.of("ann@example.org", "bob@example.org"));
    }

    private static String words(IOException said) {
        return String.valueOf(said.getMessage());
    }

    private String all() {
        return String.join("\n", lines);
    }

    @Test
    void whatIsSaidArrivesAndTheNameOfAModelWritesNoHeader() throws Exception {
        mail(Tls.NONE, Optional.empty()).tell(notice);
        assertTrue(lines.contains("MAIL FROM:<demur@example.org>"), this::all);
        assertTrue(lines.contains("RCPT TO:<ann@example.org>"), this::all);
        assertTrue(lines.contains("RCPT TO:<bob@example.org>"), this::all);
        assertEquals(2, lines.stream().filter(it -> it.startsWith("RCPT")).count());
        assertTrue(lines.contains("Message-ID: <" + notice.id() + "@example.org>"), this::all);
        assertTrue(lines.contains("From: demur@example.org"), this::all);
        assertTrue(lines.contains("Auto-Submitted: auto-generated"), this::all);
        assertTrue(lines.stream().anyMatch(it -> it.startsWith("Subject: Demur: `m??Bcc")));
        assertTrue(lines.stream().noneMatch(it -> it.startsWith("Bcc")), this::all);
        assertEquals(1, lines.stream().filter("."::equals).count(), this::all);
        assertTrue(lines.contains("model   m??.??QUIT"), this::all);
        assertTrue(lines.contains("entry   " + notice.id()), this::all);
        assertTrue(lines.contains("at      2026-03-01T12:00:00Z"), this::all);
    }

    @Test
    void whoLogsInIsShown() throws Exception {
        offers = "250-AUTH PLAIN\r\n250 8BITMIME";
        mail(Tls.NONE, Optional.of(new Login("ann", "pass"))).tell(notice);
        assertTrue(lines.stream().anyMatch(it -> it.startsWith("AUTH PLAIN")), this::all);
    }

    @Test
    void nothingIsSaidInTheClearWhereAServerOffersNoTls() {
        offers = "250-AUTH PLAIN LOGIN\r\n250 8BITMIME";
        IOException said =
                assertThrows(
                        IOException.class,
                        () ->
                                mail(Tls.STARTTLS, Optional.of(new Login("ann", "pass")))
                                        .tell(notice));
        assertTrue(words(said).contains("STARTTLS"), () -> words(said));
        assertFalse(all().contains("AUTH"), this::all);
        assertFalse(all().contains("MAIL"), this::all);
    }

    @Test
    void nothingIsSaidWhereTheTlsThatIsOfferedIsNone() {
        offers = "250-STARTTLS\r\n250 AUTH PLAIN LOGIN";
        assertThrows(
                IOException.class,
                () -> mail(Tls.STARTTLS, Optional.of(new Login("ann", "pass"))).tell(notice));
        assertTrue(lines.contains("STARTTLS"), this::all);
        assertFalse(all().contains("AUTH"), this::all);
        assertFalse(all().contains("MAIL"), this::all);
    }

    @Test
    void theServersOwnWordsAreSaid() {
        toRecipients = "550 nobody of that name";
        IOException said =
                assertThrows(
                        IOException.class, () -> mail(Tls.NONE, Optional.empty()).tell(notice));
        assertTrue(words(said).contains("550 nobody of that name"), () -> words(said));
        assertEquals(1, words(said).lines().count());
    }

    /** It was sent to nobody, and so nobody was told for a day and then never. */
    @Test
    void oneWhoIsRefusedKeepsItFromNobodyElse(@TempDir Path folder) throws Exception {
        toBob = "550 nobody of that name\u0007";
        Mail mail = mail(Tls.NONE, Optional.empty());
        IOException said = assertThrows(IOException.class, () -> mail.tell(notice));
        assertEquals("1 of 2 did not get it: 550 nobody of that name?", words(said));
        assertTrue(lines.contains("DATA"), this::all);
        lines.clear();
        InstantSource clock = () -> notice.at().plusSeconds(60);
        try (Notices notices = new Notices(List.of(mail), folder, clock, Notices.Pace.USUAL)) {
            notices.begin(List.of(notice));
            Instant end = Instant.now().plusSeconds(60);
            while (Notices.kept(folder).stream().noneMatch(it -> it.told() == 1)) {
                assertTrue(Instant.now().isBefore(end), this::all);
                Thread.sleep(5);
            }
        }
        assertEquals(1, lines.stream().filter("DATA"::equals).count(), this::all);
        Standing standing = Notices.kept(folder).getFirst();
        assertEquals(0, standing.waiting());
        assertEquals(
                Optional.of("1 of 2 did not get it: 550 nobody of that name?"),
                standing.trouble().map(Standing.Trouble::words));
        assertTrue(standing.isTroubled(clock.instant()));
    }

    @Test
    void aServerThatIsNotThereIsSaid() throws Exception {
        listening.close();
        IOException said =
                assertThrows(
                        IOException.class, () -> mail(Tls.NONE, Optional.empty()).tell(notice));
        assertTrue(words(said).contains("onnect"), () -> words(said));
    }
}
