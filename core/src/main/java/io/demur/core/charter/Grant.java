package io.demur.core.charter;

import io.demur.core.policy.ModelClass;

import java.util.Set;

/**
 * What the holders of a role may do beyond asking: an authorised use begins here, with what a
 * caller cannot write.
 *
 * @param role as the policy names it, or {@code other}
 * @param purposes the purposes that they may declare
 * @param models the classes of models that they may ask; empty for all
 */
public record Grant(String role, Set<String> purposes, Set<ModelClass> models) {
    public Grant {
        purposes = Set.copyOf(purposes);
        models = Set.copyOf(models);
    }
}
