"""What a client of Attaché needs beside the generated stubs."""
