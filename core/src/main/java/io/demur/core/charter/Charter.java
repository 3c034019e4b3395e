package io.demur.core.charter;

import io.demur.core.compose.Wording;
import io.demur.core.policy.Policy;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * All that a policy document says. What can weaken refusal stands here, and so under a signature;
 * what cannot is configuration. Immutable.
 *
 * @param name what people call it
 * @param policy what is decided
 * @param because the reason that the document gives for each of its rules, by the rule's id
 * @param scope what the deployment is for, where that is limited
 * @param grants what roles may declare and ask; a role without one declares nothing, and asks all
 *     classes of models
 * @param prompts registered system prompts
 * @param models where models stand
 * @param wording the policy's own words
 * @param settings judges, windows, retention, witnesses, drills, and how all this may be changed
 * @param envelope what one person may add on their own, where anything
 */
public record Charter(
        String name,
        Policy policy,
        Map<String, String> because,
        Optional<Scope> scope,
        List<Grant> grants,
        List<RegisteredPrompt> prompts,
        Models models,
        Wording wording,
        Settings settings,
        Optional<Envelope> envelope) {

    public Charter {
        Objects.requireNonNull(policy);
        Objects.requireNonNull(scope);
        because = Map.copyOf(because);
        grants = List.copyOf(grants);
        prompts = List.copyOf(prompts);
        Objects.requireNonNull(models);
        Objects.requireNonNull(wording);
        Objects.requireNonNull(settings);
        Objects.requireNonNull(envelope);
    }
}
