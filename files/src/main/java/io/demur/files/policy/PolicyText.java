package io.demur.files.policy;

import io.demur.core.policy.Policy;

import java.util.Map;

/**
 * A policy that was read from a document.
 *
 * @param name what the document calls it
 * @param policy what it does
 * @param because the reason that the document gives for each of its rules, by the rule's id
 */
public record PolicyText(String name, Policy policy, Map<String, String> because) {
    public PolicyText {
        because = Map.copyOf(because);
    }
}
