package io.demur.cli;

import io.demur.files.serve.ServeConfig;
import io.demur.gateway.notice.Mail;
import io.demur.gateway.notice.Recipient;
import io.demur.gateway.notice.Webhook;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Whom a configuration has told of alarms. */
final class ConfiguredAlarms {

    private ConfiguredAlarms() {}

    /**
     * All of them.
     *
     * @throws IOException where a secret cannot be one; it is not shown
     */
    static List<Recipient> of(ServeConfig config, InstantSource clock) throws IOException {
        List<Recipient> found = new ArrayList<>();
        if (config.alarms().webhook().isPresent()) {
            ServeConfig.Webhook hook = config.alarms().webhook().get();
            try {
                found.add(new Webhook(hook.url(), hook.secret(), clock));
            } catch (IllegalArgumentException e) {
                throw new IOException("`alarms.webhook.secret`: " + e.getMessage(), e);
            }
        }
        config.alarms().mail().map(ConfiguredAlarms::mail).ifPresent(found::add);
        return found;
    }

    private static Mail mail(ServeConfig.Mail mail) {
        Mail.Tls tls =
                switch (mail.tls()) {
                    case STARTTLS -> Mail.Tls.STARTTLS;
                    case IMPLICIT -> Mail.Tls.IMPLICIT;
                    case NONE -> Mail.Tls.NONE;
                };
        return new Mail(
                new Mail.Server(
                        mail.host(),
                        mail.port(),
                        tls,
                        mail.login().map(it -> new Mail.Login(it.user(), it.password()))),
                mail.from(),
                mail.to());
    }

    /** Where alarms go, for people; also where secrets are out of reach. */
    static List<String> where(ServeConfig config) {
        List<String> found = new ArrayList<>();
        config.alarms().webhook().ifPresent(it -> found.add("a webhook at `%s`".formatted(it)));
        config.alarms()
                .mail()
                .ifPresent(
                        it ->
                                found.add(
                                        "%s by mail by way of `%s`"
                                                .formatted(String.join(", ", it.to()), it.host())));
        return found;
    }
}
