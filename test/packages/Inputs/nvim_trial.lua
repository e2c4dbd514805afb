-- Opens demo.cpp with the client of Neovim 0.11 and later, and prints the findings.
vim.lsp.config("corolint", {
  cmd = { "corolint-clangd" },
  filetypes = { "c", "cpp" },
  root_markers = { "compile_commands.json", ".git" },
})
vim.lsp.enable("corolint")
vim.api.nvim_create_autocmd("VimEnter", {
  callback = function()
    vim.wait(60000, function()
      return #vim.diagnostic.get(0) > 0
    end, 100)
    for _, diagnostic in ipairs(vim.diagnostic.get(0)) do
      io.stdout:write(diagnostic.message .. "\n")
    end
    vim.cmd("qall!")
  end,
})
