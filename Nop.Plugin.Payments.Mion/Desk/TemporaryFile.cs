namespace Nop.Plugin.Payments.Mion.Desk;

/// <summary>Holds what is too much for the memory until it has been sent.</summary>
public static class TemporaryFile
{
    /// <summary>Writes to a file that deletes itself; to the memory where the folder takes none, or its disk is full.</summary>
    /// <param name="write">Writes the content; called once more where the file fails.</param>
    /// <returns>The content, from its beginning.</returns>
    public static async Task<Stream> WriteAsync(string folder, Func<Stream, Task> write)
    {
        try
        {
            return await FillAsync(new FileStream(Path.Combine(folder, Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 4096,
                FileOptions.DeleteOnClose | FileOptions.Asynchronous), write);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return await FillAsync(new MemoryStream(), write);
        }
    }

    private static async Task<Stream> FillAsync(Stream stream, Func<Stream, Task> write)
    {
        try
        {
            await write(stream);
            stream.Position = 0;
            return stream;
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }
}
