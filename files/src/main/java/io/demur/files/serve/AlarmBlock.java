package io.demur.files.serve;

import io.demur.files.serve.ServeConfig.Alarms;
import io.demur.files.serve.ServeConfig.Login;
import io.demur.files.serve.ServeConfig.Mail;
import io.demur.files.serve.ServeConfig.MailTls;
import io.demur.files.serve.ServeConfig.Webhook;
import io.demur.files.yaml.YamlMap;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Reads who is told of alarms. It can be said who is told, and not that there are none: what is
 * drilled is for the policy to say.
 */
final class AlarmBlock {

    private static final int PORT_MAX = 65_535;
    private static final int TO_MAX = 20;

    private static final Pattern MAILBOX =
            Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_{|}~-]{1,64}@[A-Za-z0-9.-]{1,253}");

    private final ServerBlocks secrets;

    AlarmBlock(ServerBlocks secrets) {
        this.secrets = secrets;
    }

    Alarms read(YamlMap block) {
        Optional<Webhook> webhook = block.map("webhook", "url", "secret").flatMap(this::webhook);
        Optional<Mail> mail =
                block.map("mail", "host", "port", "tls", "user", "password", "from", "to")
                        .flatMap(this::mail);
        block.end();
        return new Alarms(webhook, mail);
    }

    private Optional<Webhook> webhook(YamlMap block) {
        block.require("url");
        block.require("secret");
        Optional<URI> url = block.text("url").flatMap(it -> url(block, it));
        Optional<String> secret =
                block.text("secret").flatMap(it -> secrets.secret(block, "secret", "a secret", it));
        block.end();
        return url.isPresent() && secret.isPresent()
                ? Optional.of(new Webhook(url.get(), secret.get()))
                : Optional.empty();
    }

    /** Not shown where it is wrong: whoever has a webhook's address may be able to use it. */
    private static Optional<URI> url(YamlMap block, String text) {
        URI url;
        try {
            url = new URI(text.strip());
        } catch (URISyntaxException e) {
            block.refuse("url", "this is no URL");
            return Optional.empty();
        }
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (url.getHost() == null || url.getRawUserInfo() != null || url.getRawFragment() != null) {
            block.refuse("url", "this should have a host, and no user, password or `#`");
        } else if (!scheme.equals("https") && !(scheme.equals("http") && isHere(url.getHost()))) {
            block.refuse(
                    "url", "this should begin with `https://`; only this machine takes `http`");
        } else if (url.getPort() == 0 || url.getPort() > PORT_MAX) {
            block.refuse(
                    "url", "its port `%d` is not between 1 and 65535".formatted(url.getPort()));
        } else {
            return Optional.of(url);
        }
        return Optional.empty();
    }

    private Optional<Mail> mail(YamlMap block) {
        block.require("host");
        block.require("from");
        block.require("to");
        Optional<String> host = block.text("host");
        MailTls tls = block.choice("tls", YamlMap.words(MailTls.class)).orElse(MailTls.STARTTLS);
        OptionalInt port = block.whole("port", 1, PORT_MAX);
        if (host.isPresent() && !host.get().matches("[A-Za-z0-9.:-]{1,253}")) {
            block.refuse("host", "`%s` is no name of a host".formatted(host.get()));
        } else if (host.isPresent() && tls == MailTls.NONE && !isHere(host.get())) {
            block.refuse("tls", "`none` is for a server on this machine");
        }
        Optional<Login> login = login(block);
        Optional<String> from = block.text("from");
        List<String> to = block.texts("to");
        from.ifPresent(it -> mailbox(block, "from", it));
        to.forEach(it -> mailbox(block, "to", it));
        if (block.has("to") && to.isEmpty()) {
            block.refuse("to", "there is none; leave `mail` out to send none");
        } else if (to.size() > TO_MAX) {
            block.refuse(
                    "to", "these are %d, and should be at most %d".formatted(to.size(), TO_MAX));
        }
        block.end();
        return host.isPresent() && from.isPresent() && !to.isEmpty()
                ? Optional.of(
                        new Mail(
                                host.get(),
                                port.orElse(
                                        switch (tls) {
                                            case STARTTLS -> 587;
                                            case IMPLICIT -> 465;
                                            case NONE -> 25;
                                        }),
                                tls,
                                login,
                                from.get(),
                                to))
                : Optional.empty();
    }

    private Optional<Login> login(YamlMap block) {
        if (block.has("user")) {
            block.require("password");
        }
        if (block.has("password")) {
            block.require("user");
        }
        Optional<String> user = block.text("user");
        Optional<String> password =
                block.text("password")
                        .flatMap(it -> secrets.secret(block, "password", "a password", it));
        return user.isPresent() && password.isPresent()
                ? Optional.of(new Login(user.get(), password.get()))
                : Optional.empty();
    }

    private static void mailbox(YamlMap block, String key, String text) {
        if (!MAILBOX.matcher(text).matches()) {
            block.refuse(key, "`%s` is no address such as `ann@example.org`".formatted(text));
        }
    }

    private static boolean isHere(String host) {
        return host.equalsIgnoreCase("localhost")
                || host.matches("127(\\.[0-9]{1,3}){3}")
                || host.equals("::1")
                || host.equals("[::1]");
    }
}
