"""realpolitik.language"""
