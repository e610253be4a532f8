"""What is done, one file a task: `run(request, progress) -> Outcome`, in the order the data goes."""
