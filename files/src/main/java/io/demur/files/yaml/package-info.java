/**
 * Reads the documents that people write for Demur: YAML 1.2 with the core schema, without tags,
 * anchors and duplicate keys, every problem at once with its line and column.
 *
 * <p>Open {@link io.demur.files.yaml.YamlDocument} to read one and {@link
 * io.demur.files.yaml.YamlMap} for what a reader of a document asks.
 */
@NullMarked
package io.demur.files.yaml;

import org.jspecify.annotations.NullMarked;
