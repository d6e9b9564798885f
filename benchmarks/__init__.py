"""What measures the project: the speed of reruns and the core, and how well made-up texts are audited."""
