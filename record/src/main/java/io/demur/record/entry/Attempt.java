package io.demur.record.entry;

import java.time.Instant;
import java.util.Optional;

/**
 * ATTEMPT: somebody asked for something. Durable before anything is done about it.
 *
 * @param id {@code att_…}, never used twice
 * @param principal who asked, as a pseudonym {@code sub_…}
 * @param subject whose data the bodies are, as a pseudonym; mostly the principal
 * @param project the project that it was asked for
 * @param purpose the purpose that the project has declared
 * @param protocol how it was asked, such as {@code openai.chat}
 * @param model the model that was asked for
 * @param modelClass {@code hosted}, {@code local} or {@code local-unaligned}
 * @param modelDigest which weights, where that is known
 * @param policy the digest of the policy in force, in hexadecimal
 * @param conversation which conversation, as a keyed hash
 * @param request what is kept of the request
 */
public record Attempt(
        Instant at,
        String id,
        String principal,
        String subject,
        Optional<String> project,
        Optional<String> purpose,
        String protocol,
        String model,
        String modelClass,
        Optional<String> modelDigest,
        Optional<String> policy,
        Optional<String> conversation,
        Kept request)
        implements Entry {

    public Attempt {
        at = Words.micros(at);
        Words.id("id", "att", id);
        Words.name("principal", principal);
        Words.name("subject", subject);
        project.ifPresent(it -> Words.name("project", it));
        purpose.ifPresent(it -> Words.name("purpose", it));
        Words.code("protocol", protocol);
        Words.name("model", model);
        Words.code("modelClass", modelClass);
        modelDigest.ifPresent(it -> Words.name("modelDigest", it));
        policy.ifPresent(it -> Words.digest("policy", it));
        conversation.ifPresent(it -> Words.name("conversation", it));
    }

    @Override
    public Attempt at(Instant time) {
        return new Attempt(
                time,
                id,
                principal,
                subject,
                project,
                purpose,
                protocol,
                model,
                modelClass,
                modelDigest,
                policy,
                conversation,
                request);
    }
}
