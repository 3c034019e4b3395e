package io.demur.gateway.incident;

import io.demur.core.policy.ModelClass;

import java.util.Objects;

/**
 * Where a request went, and under what: by what one way is told from another.
 *
 * @param model by the name that the installation has for it
 * @param server that answered; empty where none did, or that is not known yet
 * @param system a keyed hash of its system prompts; empty where it has none
 * @param temperature as it was asked for; empty where the server chose
 */
public record Way(
        String model, ModelClass modelClass, String server, String system, String temperature) {

    public Way {
        Objects.requireNonNull(modelClass);
    }

    /** The same, answered by a server. */
    Way at(String other) {
        return new Way(model, modelClass, other, system, temperature);
    }

    /** What is different about another way, in the word of the log: the greatest difference. */
    String change(Way to) {
        boolean hosted = modelClass == ModelClass.HOSTED;
        if (hosted != (to.modelClass == ModelClass.HOSTED)) {
            return hosted ? "local" : "hosted";
        }
        if (!model.equals(to.model)) {
            boolean elsewhere =
                    !server.isEmpty() && !to.server.isEmpty() && !server.equals(to.server);
            return elsewhere ? "vendor" : "model";
        }
        if (!system.equals(to.system)) {
            return "system-prompt";
        }
        return temperature.equals(to.temperature) ? "none" : "temperature";
    }
}
