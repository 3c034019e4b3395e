package io.demur.core.charter;

import io.demur.core.compose.Wording;
import io.demur.core.policy.Axes;
import io.demur.core.policy.Context;
import io.demur.core.policy.ModelClass;
import io.demur.core.policy.Policy;
import io.demur.core.policy.Stage;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * All that a policy document says. What can weaken refusal stands here, and so under a signature;
 * what cannot is configuration. Immutable.
 *
 * @param name what people call it
 * @param policy what is decided
 * @param because the reason that the document gives for each of its rules, by the rule's id
 * @param scope what the deployment is for, where that is limited
 * @param grants what roles may declare and ask, one for each role at most; a role without one
 *     declares nothing, and asks all classes of models
 * @param prompts registered system prompts, no two with the same id or the same digest
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
        once("role", grants, Grant::role);
        once("prompt", prompts, RegisteredPrompt::id);
        once("prompt", prompts, RegisteredPrompt::sha256);
    }

    private static <T> void once(String what, List<T> all, Function<T, String> name) {
        Set<String> seen = new HashSet<>();
        for (T each : all) {
            if (!seen.add(name.apply(each))) {
                throw new IllegalArgumentException(
                        "%s `%s` stands there twice".formatted(what, name.apply(each)));
            }
        }
    }

    /**
     * What is known of a request from what its caller cannot write. A purpose counts only where a
     * grant of the role gives it, or else where the request stands under a registered system
     * prompt; what a caller merely declares is no purpose. The stage is {@link Stage#NONE}: that is
     * for the memory of the project to say.
     *
     * @param role of the principal, as their key has it
     * @param declaredPurpose of the project, where it has one
     * @param systemPromptSha256 over the UTF-8 bytes of the system prompt, as 64 hexadecimal digits
     *     in lower case, where there is one
     * @param model the name that was asked for
     */
    public Context context(
            String role,
            Optional<String> declaredPurpose,
            Optional<String> systemPromptSha256,
            String model) {
        return context(role, declaredPurpose, systemPromptSha256, models.of(model).model());
    }

    /** The same, where it is known already of which class the model is. */
    public Context context(
            String role,
            Optional<String> declaredPurpose,
            Optional<String> systemPromptSha256,
            ModelClass model) {
        Set<String> granted = purposesOf(role);
        String purpose =
                declaredPurpose
                        .filter(granted::contains)
                        .or(() -> systemPromptSha256.flatMap(this::purposeOf))
                        .orElse(Axes.OTHER);
        return new Context(model, named(role), purpose, Stage.NONE);
    }

    /** Whether the holders of a role may ask models of a class at all. */
    public boolean mayAsk(String role, ModelClass model) {
        return classesOf(role).contains(model);
    }

    /** The purposes that the holders of a role may declare, of those that the policy names. */
    Set<String> purposesOf(String role) {
        Set<String> purposes = new HashSet<>();
        grant(role).ifPresent(grant -> purposes.addAll(grant.purposes()));
        purposes.retainAll(policy.table().axes().purposes());
        purposes.remove(Axes.OTHER);
        return purposes;
    }

    /** The classes of models that the holders of a role may ask. */
    Set<ModelClass> classesOf(String role) {
        return grant(role)
                .map(Grant::models)
                .filter(models -> !models.isEmpty())
                .orElse(EnumSet.allOf(ModelClass.class));
    }

    private Optional<Grant> grant(String role) {
        String named = named(role);
        return grants.stream().filter(grant -> grant.role().equals(named)).findFirst();
    }

    /** The purpose that a registered system prompt stands for, if the policy names it. */
    Optional<String> purposeOf(String sha256) {
        return prompts.stream()
                .filter(prompt -> prompt.sha256().equals(sha256))
                .map(RegisteredPrompt::purpose)
                .filter(policy.table().axes().purposes()::contains)
                .findFirst();
    }

    /** A role as the policy knows it. */
    private String named(String role) {
        return policy.table().axes().roles().contains(role) ? role : Axes.OTHER;
    }
}
