package io.demur.files.policy;

import io.demur.core.charter.Envelope;
import io.demur.core.charter.Grant;
import io.demur.core.charter.RegisteredPrompt;
import io.demur.core.policy.Axes;
import io.demur.core.policy.Decision.Strength;
import io.demur.core.policy.ModelClass;
import io.demur.core.policy.Rule;
import io.demur.files.yaml.YamlMap;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what authorises uses: {@code grants}, {@code prompts} and {@code envelope}. */
final class UsesReader {

    private final Names names;

    UsesReader(Names names) {
        this.names = names;
    }

    List<Grant> grants(YamlMap document) {
        List<Grant> grants = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (YamlMap grant : document.maps("grants")) {
            grant.require("role");
            Optional<String> role = names.role(grant);
            if (role.isPresent() && !seen.add(role.get())) {
                grant.refuse("role", "there is a grant for `%s` already".formatted(role.get()));
            }
            Set<String> purposes = names.purposes(grant);
            Set<ModelClass> models = grant.choices("models", YamlMap.words(ModelClass.class));
            if (!grant.has("purposes") && !grant.has("models")) {
                grant.refuse("role", "the grant says neither `purposes` nor `models`");
            } else if (grant.has("models") && models.isEmpty()) {
                grant.refuse("models", "there is none; leave the key out for all classes");
            }
            grant.end();
            role.ifPresent(it -> grants.add(new Grant(it, purposes, models)));
        }
        return grants;
    }

    List<RegisteredPrompt> prompts(YamlMap document) {
        List<RegisteredPrompt> prompts = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        Set<String> digests = new HashSet<>();
        for (YamlMap prompt : document.maps("prompts")) {
            prompt.require("id");
            Optional<String> id = prompt.text("id");
            if (id.isPresent() && !id.get().matches("[a-z0-9][a-z0-9-]{0,63}")) {
                prompt.refuse("id", "`%s` is not made of a-z, 0-9 and `-`".formatted(id.get()));
            } else if (id.isPresent() && !ids.add(id.get())) {
                prompt.refuse("id", "there is a prompt `%s` already".formatted(id.get()));
            }
            Optional<String> digest = digest(prompt);
            if (digest.isPresent() && !digests.add(digest.get())) {
                prompt.refuse("id", "the same prompt is registered already");
            }
            prompt.require("purpose");
            Optional<String> purpose = names.purpose(prompt);
            prompt.end();
            if (id.isPresent() && digest.isPresent() && purpose.isPresent()) {
                prompts.add(new RegisteredPrompt(id.get(), digest.get(), purpose.get()));
            }
        }
        return prompts;
    }

    private static Optional<String> digest(YamlMap prompt) {
        Optional<String> sha256 = prompt.text("sha256");
        Optional<String> text = prompt.text("text");
        if (prompt.has("sha256") == prompt.has("text")) {
            prompt.refuse(
                    "id",
                    prompt.has("text")
                            ? "the prompt has both `text` and `sha256`; one of them says which it"
                                  + " is"
                            : "the prompt has neither `text` nor `sha256`");
            return Optional.empty();
        }
        if (sha256.isPresent() && !sha256.get().matches("[0-9a-f]{64}")) {
            prompt.refuse("sha256", "not 64 hexadecimal digits in lower case");
            return Optional.empty();
        }
        if (text.isPresent() && text.get().isBlank()) {
            prompt.refuse("text", "every request without a system prompt would have the purpose");
            return Optional.empty();
        }
        return sha256.or(() -> text.map(UsesReader::digest));
    }

    private static String digest(String text) {
        // a block of lines in YAML ends with a line break, a system prompt does not
        String prompt = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(prompt.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
    }

    Optional<Envelope> envelope(YamlMap document) {
        return document.map("envelope").flatMap(this::envelopeOf);
    }

    private Optional<Envelope> envelopeOf(YamlMap envelope) {
        envelope.require("when");
        envelope.require("at-most");
        Optional<Rule.Match> when = envelope.map("when").map(names::match);
        Map<String, Strength> words = YamlMap.words(Strength.class);
        Optional<Strength> atMost = envelope.choice("at-most", words);
        if (when.isPresent() && !namesSomebody(when.get())) {
            envelope.refuse(
                    "when",
                    "an authorised use is for somebody: it has to name a role or a purpose beside"
                            + " `other`");
        }
        if (atMost.equals(Optional.of(Strength.REFUSE))) {
            envelope.refuse("at-most", "`refuse` lets nobody do anything; leave the envelope out");
        }
        envelope.end();
        return when.isPresent() && atMost.isPresent()
                ? Optional.of(new Envelope(when.get(), atMost.get()))
                : Optional.empty();
    }

    private static boolean namesSomebody(Rule.Match when) {
        Set<String> named = new HashSet<>(when.roles());
        named.addAll(when.purposes());
        named.remove(Axes.OTHER);
        return !named.isEmpty();
    }
}
