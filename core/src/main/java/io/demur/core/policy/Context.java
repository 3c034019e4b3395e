package io.demur.core.policy;

import java.util.Objects;

/**
 * What is known of a request from what its caller cannot write: the key, the project, the model's
 * class. Nothing that stands in a message is ever part of it.
 *
 * @param model the class of the model that was asked for
 * @param role the role of the principal; one that the policy does not name counts as {@link
 *     Axes#OTHER}
 * @param purpose the purpose that the project has declared, likewise
 * @param stage how far the project has come on the way of adverse processing
 */
public record Context(ModelClass model, String role, String purpose, Stage stage) {

    /** Somebody of no named role, without a purpose, asking a hosted model. */
    public static final Context PLAIN =
            new Context(ModelClass.HOSTED, Axes.OTHER, Axes.OTHER, Stage.NONE);

    public Context {
        Objects.requireNonNull(model);
        Objects.requireNonNull(stage);
        if (role.isBlank() || purpose.isBlank()) {
            throw new IllegalArgumentException("role and purpose have names, if only `other`");
        }
    }
}
