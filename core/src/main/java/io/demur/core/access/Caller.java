package io.demur.core.access;

import io.demur.core.charter.Charter;
import io.demur.core.policy.Context;
import io.demur.core.policy.ModelClass;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Who asks, as far as that was proved: by a key, or by the way that somebody came in. Nothing in it
 * was said by the caller. Immutable, so safe for use by several threads.
 *
 * @param key the id of the key, where there was one
 * @param principal the pseudonym, as the log has it
 * @param role of the principal
 * @param project that the key is for
 * @param purpose that the project has declared
 * @param limits of the principal
 * @param projectLimits of the project, for all who ask for it together
 */
public record Caller(
        Optional<String> key,
        String principal,
        String role,
        Optional<String> project,
        Optional<String> purpose,
        Scope scope,
        Limits limits,
        Limits projectLimits) {
    public Caller {
        Objects.requireNonNull(key);
        Objects.requireNonNull(project);
        Objects.requireNonNull(purpose);
        Objects.requireNonNull(scope);
        Objects.requireNonNull(limits);
        Objects.requireNonNull(projectLimits);
        if (principal.isBlank() || role.isBlank()) {
            throw new IllegalArgumentException("a caller is somebody, and has a role");
        }
    }

    /** Somebody whose project, if there is one, has no limits. */
    public Caller(
            Optional<String> key,
            String principal,
            String role,
            Optional<String> project,
            Optional<String> purpose,
            Scope scope,
            Limits limits) {
        this(key, principal, role, project, purpose, scope, limits, Limits.NONE);
    }

    /** Why a caller may not ask what it asks. */
    public enum Denial {
        /** The key is not for that. */
        OPERATION,
        /** The key does not reach that model. */
        MODEL,
        /** The policy grants the role no model of that class. */
        MODEL_CLASS;

        /** A sentence for the caller. */
        public String words() {
            return switch (this) {
                case OPERATION -> "this key is not for that";
                case MODEL -> "this key is not for that model";
                case MODEL_CLASS -> "the policy grants your role no models of that kind";
            };
        }
    }

    /**
     * Whether this may be asked: the key's scope and the policy's grant must both allow it. A model
     * that runs here needs them like any other.
     *
     * @param model by the name that the installation has for it, after aliases
     */
    public Optional<Denial> denied(Operation operation, String model, Charter charter) {
        return denied(operation, Set.of(model), charter.models().of(model).model(), charter);
    }

    /**
     * The same of a model that goes by several names: a key that is for one of them is for it.
     *
     * @param kind its class
     */
    public Optional<Denial> denied(
            Operation operation, Set<String> names, ModelClass kind, Charter charter) {
        if (!scope.allows(operation)) {
            return Optional.of(Denial.OPERATION);
        }
        if (names.stream().noneMatch(scope::reaches)) {
            return Optional.of(Denial.MODEL);
        }
        return charter.mayAsk(role, kind) ? Optional.empty() : Optional.of(Denial.MODEL_CLASS);
    }

    /** What the policy goes by: {@link Charter#context}, with what was proved of this caller. */
    public Context context(Charter charter, Optional<String> systemPromptSha256, String model) {
        return charter.context(role, purpose, systemPromptSha256, model);
    }

    /** The same, where it is known already of which class the model is. */
    public Context context(Charter charter, Optional<String> systemPromptSha256, ModelClass model) {
        return charter.context(role, purpose, systemPromptSha256, model);
    }
}
