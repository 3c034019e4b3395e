package io.demur.gateway.notice;

import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;

/** Sends notices by mail: plain text, by way of a server that takes what it is to pass on. */
public final class Mail implements Recipient {

    private static final String WITHIN_MILLIS = "10000";

    private final Server server;
    private final String from;
    private final List<String> to;

    /** How the way to a server is kept secret. */
    public enum Tls {
        /** It begins in the clear; nothing is said before it is encrypted. */
        STARTTLS,
        /** From the first byte on. */
        IMPLICIT,
        /** Not at all: for a server on this machine. */
        NONE
    }

    /** Who it is shown to be. */
    public record Login(String user, String password) {
        public Login {
            Objects.requireNonNull(user);
            Objects.requireNonNull(password);
        }

        /** Names the user, never the password. */
        @Override
        public String toString() {
            return user;
        }
    }

    /** Who takes mail. */
    public record Server(String host, int port, Tls tls, Optional<Login> login) {
        public Server {
            Objects.requireNonNull(login);
        }
    }

    /** Mail from an address to others. */
    public Mail(Server server, String from, List<String> to) {
        this.server = server;
        this.from = from;
        this.to = List.copyOf(to);
    }

    @Override
    public String name() {
        return "mail";
    }

    @Override
    public String where() {
        return "%s by way of %s:%d".formatted(String.join(", ", to), server.host(), server.port());
    }

    @Override
    public void tell(Notice notice) throws IOException {
        try {
            Session session = Session.getInstance(properties());
            MimeMessage message = message(session, notice);
            try (Transport transport = session.getTransport("smtp")) {
                transport.connect(
                        server.host(),
                        server.port(),
                        server.login().map(Login::user).orElse(null),
                        server.login().map(Login::password).orElse(null));
                transport.sendMessage(message, message.getAllRecipients());
            }
        } catch (SendFailedException e) {
            throw failed(e);
        } catch (MessagingException e) {
            throw new IOException(words(e), e);
        }
    }

    private IOException failed(SendFailedException e) {
        Address[] told = e.getValidSentAddresses();
        return told == null || told.length == 0
                ? new IOException(words(e), e)
                : new PartlyTold(
                        "%d of %d did not get it: %s"
                                .formatted(to.size() - told.length, to.size(), words(e)),
                        e);
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.put("mail.smtp.connectiontimeout", WITHIN_MILLIS);
        properties.put("mail.smtp.timeout", WITHIN_MILLIS);
        properties.put("mail.smtp.writetimeout", WITHIN_MILLIS);
        properties.put("mail.smtp.auth", Boolean.toString(server.login().isPresent()));
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        // who is refused keeps it from nobody else
        properties.put("mail.smtp.sendpartial", "true");
        switch (server.tls()) {
            case STARTTLS -> {
                properties.put("mail.smtp.starttls.enable", "true");
                properties.put("mail.smtp.starttls.required", "true");
            }
            case IMPLICIT -> properties.put("mail.smtp.ssl.enable", "true");
            case NONE -> {}
        }
        return properties;
    }

    private MimeMessage message(Session session, Notice notice) throws MessagingException {
        // the same id each time, by which whoever gets it twice knows it
        String id = "<%s@%s>".formatted(notice.id(), from.substring(from.indexOf('@') + 1));
        MimeMessage message =
                new MimeMessage(session) {
                    @Override
                    protected void updateMessageID() throws MessagingException {
                        setHeader("Message-ID", id);
                    }
                };
        String utf8 = StandardCharsets.UTF_8.name();
        message.setFrom(new InternetAddress(from, true));
        for (String each : to) {
            message.addRecipient(Message.RecipientType.TO, new InternetAddress(each, true));
        }
        message.setSubject("Demur: " + notice.words(), utf8);
        message.setSentDate(Date.from(notice.at()));
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setText(text(notice), utf8);
        message.saveChanges();
        return message;
    }

    private static String text(Notice notice) {
        StringBuilder text = new StringBuilder(notice.words()).append("\n\n");
        notice.about()
                .ifPresent(
                        it -> {
                            it.model().ifPresent(model -> line(text, "model", model));
                            line(text, "stream", it.stream());
                            line(text, "found", it.found());
                            line(text, "cause", it.cause());
                        });
        line(text, "at", notice.at().toString());
        line(text, "log", notice.log());
        line(text, "entry", notice.id());
        return text.append("\n`demur drill status` says more.\n").toString();
    }

    private static void line(StringBuilder text, String label, String value) {
        text.append("%-8s%s%n".formatted(label, Notice.line(value)));
    }

    /** The last word of a server, in one line; the library's own class where there is none. */
    private static String words(MessagingException e) {
        Exception last = e;
        while (last instanceof MessagingException each && each.getNextException() != null) {
            last = each.getNextException();
        }
        String said = last.getMessage() == null ? "" : last.getMessage().strip();
        String first = said.lines().findFirst().orElse("");
        return first.isEmpty()
                ? last.getClass().getSimpleName().toLowerCase(Locale.ROOT)
                : Notice.line(first);
    }
}
