/** The fine-tuned encoder and users' own ONNX classifiers, in process. */
@NullMarked
package io.demur.encoder;

import org.jspecify.annotations.NullMarked;
