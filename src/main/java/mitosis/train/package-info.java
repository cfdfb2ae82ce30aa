/**
 * Turns a recipe into a run: weights, history and snapshots, stored under the recipe's hash.
 *
 * <p>On the CPU a fully connected network is trained by OpenBLAS's products and loops in Java,
 * without PyTorch, which is held to it: logits, every gradient and three steps agree with PyTorch
 * 1.13.1 to 1e-4 for networks of independent random weights, here and with the engine. Everything
 * else is trained by PyTorch: Wide-ResNets and ResNet50 take a step as one TorchScript call with
 * channels last in memory, DenseNets operation by operation.
 */
package mitosis.train;
